import Foundation
import TestSupport
import Testing

@Suite struct QuantizeModelTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func quantize(_ model: String, _ options: [String] = []) throws -> Command.Outcome {
    try Command.quantizeModel.run(["--model", model, "--output", folder("out")] + options)
  }

  private func size(_ path: String) throws -> Int { try Data(contentsOf: URL(fileURLWithPath: path)).count }

  /// The output is a whole model, and the report is about it.
  @Test(arguments: [([], "int8", "I8", 0.4), (["--weights", "bfloat16"], "bfloat16", "BF16", 0.6)])
  func theOutputTranslates(options: [String], type: String, name: String, share: Double) throws {
    let outcome = try quantize(fixture.model, options)
    try expectSuccess(outcome)
    let sizes = try (size("\(fixture.model)/model.safetensors"), size(folder("out/model.safetensors")))
    #expect(Double(sizes.1) < share * Double(sizes.0), "\(sizes)")
    let errors = outcome.errors.replacingOccurrences(of: ",", with: "")
    for words in [
      "rounded to \(type)", "biases and norms", "\(sizes.0) bytes", "\(sizes.1) after", "rounding error: ",
      ".weight'",
    ] {
      #expect(errors.contains(words), "no '\(words)' in \(outcome.errors)")
    }
    let header = try safetensorsHeader(folder("out/model.safetensors"))
    for (tensor, entry) in header where tensor != "__metadata__" {
      let isMatrix = (entry["shape"] as? [Int])?.count == 2 && !tensor.hasSuffix("_scale")
      #expect(entry["dtype"] as? String == (isMatrix ? name : "F32"), "\(tensor)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder("out")).sorted()
    #expect(
      names == [
        "bpe.codes", "checksums.json", "config.json", "model.safetensors", "pipeline.json", "training.json",
        "vocab.txt",
      ])
    let sentences = try fixture.sentences().joined(separator: "\n")
    let (exact, rounded) = try (
      Command.translate.run(["--model", fixture.model], text: sentences),
      Command.translate.run(["--model", folder("out")], text: sentences)
    )
    try expectSuccess(rounded)
    let equal = zip(exact.lines, rounded.lines).count { $0 == $1 }
    #expect(
      exact.lines.count == rounded.lines.count && equal >= exact.lines.count / 2, "\(equal) lines are equal")
  }

  /// It is the same file as with the other command that can write it.
  @Test func theWeightsAreThoseOfAverageCheckpoints() throws {
    try expectSuccess(quantize(fixture.model))
    try expectSuccess(
      Command.averageCheckpoints.run([
        "--model", fixture.model, "--checkpoint", fixture.model, "--output", folder("mean"), "--weights",
        "int8",
      ]))
    let files = try ["out", "mean"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder("\($0)/model.safetensors")))
    }
    #expect(files[0] == files[1])
  }

  @Test func theManifestSaysWhereTheWeightsAreFrom() throws {
    try expectSuccess(quantize(fixture.model))
    func manifest(_ folder: String) throws -> [String: Any] {
      let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/training.json"))
      return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
    let (before, after) = try (manifest(fixture.model), manifest(folder("out")))
    #expect(before["valid_bleu"] != nil && after["valid_bleu"] == nil, "a score of other weights")
    #expect(
      after["rounded_from"] as? String == fixture.model && after["rounded_weights"] as? String == "int8")
    #expect(
      after["seed"] as? Int == before["seed"] as? Int
        && after["command"] as? [String] == before["command"] as? [String])
  }

  @Test(arguments: ["ctc", "mask-predict"]) func otherDecodersAreRounded(method: String) throws {
    let decoder = ["--decoder", "nonautoregressive", "--nat-method", method]
    try expectSuccess(
      Command.trainTranslation.run(
        fixture.trainingArguments(model: folder("model"), updates: 2) + decoder))
    try expectSuccess(quantize(folder("model")))
    let outcome = try Command.translate.run(["--model", folder("out")], text: "Anna sees the house.\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == 1)
  }

  @Test func whatCannotBeIsRefused() throws {
    let copy = try fixture.copyOfModel()
    let before = copy.names
    for output in [
      copy.path, copy.path + "/", copy.path + "/../" + URL(fileURLWithPath: copy.path).lastPathComponent,
    ] {
      expectFailure(
        try Command.quantizeModel.run(["--model", copy.path, "--output", output, "--overwrite"]),
        .quantizeModel, status: 64, saying: ["--output is the folder of --model"])
    }
    #expect(copy.names == before)
    expectFailure(try quantize("/no/model"), .quantizeModel, saying: ["/no/model"])
    expectFailure(
      try quantize(fixture.model, ["--weights", "int3"]), .quantizeModel, status: 64,
      saying: ["'int3'", "int8, bfloat16"])
    try expectSuccess(quantize(fixture.model))
    expectFailure(try quantize(fixture.model), .quantizeModel, status: 64, saying: ["--overwrite"])
    try expectSuccess(quantize(fixture.model, ["--overwrite"]))
    for type in ["int8", "bfloat16"] {
      expectFailure(
        try Command.quantizeModel.run(
          ["--model", folder("out"), "--output", folder("again"), "--weights", type]),
        .quantizeModel, saying: [folder("out"), "int8 already"])
    }
    #expect(!FileManager.default.fileExists(atPath: folder("again/model.safetensors")))
  }

  /// A model that is damaged is not rounded, and nothing is left behind.
  @Test func aDamagedModelLeavesNothing() throws {
    let copy = try fixture.copyOfModel()
    let path = copy("model.safetensors")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    bytes[bytes.count - 6] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path))
    expectFailure(try quantize(copy.path), .quantizeModel, saying: [path, "damaged or changed"])
    #expect(!folder.names.contains { $0.hasSuffix("safetensors") || $0.hasSuffix(".tmp") })
  }
}
