import Foundation
import TestSupport
import Testing

@Suite struct DescribeModelTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func describe(_ arguments: [String]) throws -> Command.Outcome {
    try Command.describeModel.run(arguments)
  }

  private func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func reportsShowFiguresAndTraining() throws {
    let path = folder("report.html")
    let figures = ["Parameters by module", "Arithmetic", "Memory of training", "Cache of a sentence"]
    try expectSuccess(describe([fixture.model, "--no-measure", "--report", path]))
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let training = ["Report of model", fixture.model, "update 60", "Cross-entropy", "Validations"]
    for words in figures + training { #expect(page.contains(words), "\(words)") }
    try expectSuccess(describe(["--preset", "tiny", "--no-measure", "--report", path]))
    let preset = try String(contentsOfFile: path, encoding: .utf8)
    for words in figures + ["Report of preset"] { #expect(preset.contains(words), "\(words)") }
    #expect(!preset.contains("Cross-entropy"))
  }

  /// A folder, by an option or without one, with all sections, and the same figures as JSON.
  @Test(arguments: [[], ["--model"]])
  func aFolderIsDescribed(option: [String]) throws {
    let path = folder("model.json")
    let outcome = try describe(
      option + [fixture.model, "--json", path, "--length", "8", "--batch-tokens", "256"])
    try expectSuccess(outcome)
    for words in [
      "model '\(fixture.model)'", "en to de", "60 updates", "float32", "embeddings: shared",
      "encoder: self-attention", "output layer", "attention between tokens", "memory of training",
      "gradients, ", "memory of translation", "files: ", "training in float32", "greedy", "beam 5",
      "the model's weights",
    ] {
      #expect(outcome.output.contains(words), "no '\(words)' in \(outcome.output)")
    }
    #expect(outcome.lines.allSatisfy { $0.count <= 100 || $0.contains(fixture.model) }, "\(outcome.output)")
    let tree = try json(path)
    let origin = try #require(tree["origin"] as? [String: Any])
    #expect(origin["updates"] as? Int == 60 && tree["text"] != nil && tree["stored_weights"] != nil)
    let shape = try #require(tree["architecture"] as? [String: Any])
    #expect(shape["size"] as? Int == 32 && shape["encoder_layers"] as? Int == 1)
    #expect(tree["speed"] != nil)
  }

  /// The number of parameters is that of the weights file, for every variant.
  @Test(arguments: ArchitectureOptionsTests.variants)
  func aPresetWithOptionsIsThatOfTheTraining(_ variant: ArchitectureOptionsTests.Variant) throws {
    let model = folder("model")
    try expectSuccess(
      Command.trainTranslation.run(fixture.trainingArguments(model: model, updates: 1) + variant.options))
    let header = try safetensorsHeader("\(model)/model.safetensors")
    let shapes = header.values.compactMap { $0["shape"] as? [Int] }
    let count = shapes.reduce(0) { $0 + $1.reduce(1, *) }
    let shape = try json("\(model)/config.json")
    let size = try #require(shape["vocab_size"] as? Int)
    // It changes the memory of training, but not the shape, and is no option here.
    let known = variant.options.filter { $0 != "--activation-dropout" && $0 != "0.1" }
    for (name, arguments) in [
      (
        "preset.json",
        [
          "--preset", "tiny", "--encoder-layers", "1", "--decoder-layers", "1", "--size", "32",
          "--inner-size", "64", "--heads", "2", "--vocabulary-size", "\(size)",
        ] + known
      ), ("folder.json", [model]),
    ] {
      let outcome = try describe(arguments + ["--no-measure", "--json", folder(name)])
      try expectSuccess(outcome)
      #expect(outcome.errors.isEmpty)
      let modules = try #require(json(folder(name))["parameters"] as? [[String: Any]])
      #expect(modules.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == count, "\(name)")
    }
  }

  @Test(arguments: [
    (["--preset", "auto"], "needs", ["auto", "--plan"]),
    (["--preset", "tiny", "--heads", "5"], "heads", ["128", "5 attention heads"]),
    (["--preset", "tiny", "--model", "m"], "both", ["--model", "--preset"]),
    (["m", "--vocabulary-size", "500"], "both", ["--model"]),
    (["--preset", "tiny", "--upsampling", "3"], "decoder", ["--upsampling", "--decoder"]),
    (["--preset", "tiny", "--tie", "all", "--target-vocabulary-size", "500"], "joint", ["--tie all"]),
    (["--preset", "tiny", "--length", "1"], "range", ["--length", "2"]),
  ])
  func mistakesAreNamed(arguments: [String], about: String, words: [String]) throws {
    let outcome = try describe(arguments + ["--no-measure"])
    expectFailure(outcome, .describeModel, status: 64, saying: words)
    #expect(outcome.outputBytes.isEmpty, "\(about)")
  }

  @Test func aFullDiskIsReported() throws {
    let outcome = try Command.describeModel.shell(
      #""$COMMAND" --preset tiny --no-measure --json "$1/no/file.json""#, [folder.path])
    expectFailure(outcome, .describeModel, saying: ["file.json"])
    let full = try Command.describeModel.shell(
      #""$COMMAND" --preset tiny --no-measure >/dev/full"#)
    expectFailure(full, .describeModel, saying: ["standard output"])
  }
}
