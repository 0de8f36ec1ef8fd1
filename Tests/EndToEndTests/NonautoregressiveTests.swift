import Foundation
import TestSupport
import Testing

/// Non-autoregressive models, and models with both decoders.
@Suite struct NonautoregressiveTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func train(_ options: [String], to name: String = "model", updates: Int = 5) throws
    -> Command.Outcome
  {
    try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder(name), updates: updates) + options)
  }

  private func translate(_ model: String, _ options: [String]) throws -> Command.Outcome {
    try Command.translate.run(
      ["--model", model] + options, text: try fixture.sentences().joined(separator: "\n") + "\n")
  }

  @Test func aSecondDecoderLeavesTheFirstAsItWas() throws {
    let frozen = ["embeddings", "encoder", "decoder"].flatMap { ["--freeze", $0] }
    let outcome = try Command.trainTranslation.run(
      [
        "--initialize-from", fixture.model, "--train-source", fixture.trainSource, "--train-target",
        fixture.trainTarget, "--valid-source", fixture.validSource, "--valid-target", fixture.validTarget,
        "--model",
        folder("both"), "--batch-tokens", "512", "--max-updates", "10", "--decoder", "both", "--nat-method",
        "length",
      ] + frozen)
    try expectSuccess(outcome)
    let before = try tensors("\(fixture.model)/model.safetensors")
    let after = try tensors(folder("both/model.safetensors"))
    for (name, values) in before { #expect(after[name] == values, "\(name)") }
    #expect(after.keys.contains { $0.hasPrefix("model.nat_decoder.layers.0.") })
    let alone = try translate(fixture.model, []).lines
    #expect(try translate(folder("both"), ["--decoder", "autoregressive"]).lines == alone)
    // No draft is good enough, so everything is translated by the autoregressive decoder.
    #expect(try translate(folder("both"), ["--draft-threshold", "0"]).lines == alone)
    // Every draft is good enough.
    let drafts = try translate(folder("both"), ["--draft-threshold", "-1000"]).lines
    #expect(drafts.count == alone.count && drafts != alone)
  }

  /// Each training method, with ways to translate with it.
  private static let methods: [(training: [String], translating: [[String]])] = [
    (["--nat-method", "length"], [[], ["--length-beam", "1"]]),
    (["--nat-method", "length", "--length-ending", "end-token"], [[]]),
    (
      ["--nat-method", "mask-predict"],
      [[], ["--iterations", "1"], ["--iterations", "3", "--length-beam", "2"]]
    ),
    (["--nat-method", "ctc"], [[], ["--beam", "4"]]),
  ]

  @Test(arguments: methods)
  func parallelModelsKeepThePromisesOfTranslate(training: [String], translating: [[String]]) throws {
    try expectSuccess(try train(["--decoder", "nonautoregressive"] + training, updates: 30))
    let sentence = try #require(try fixture.sentences().first)
    let long = [String](repeating: sentence, count: 60).joined(separator: " ")
    let text = ["", sentence, long, " ", "🦊 \u{0} zzz", sentence, "x"]
    for options in translating {
      func translate(_ more: [String]) throws -> [String] {
        let outcome = try Command.translate.run(
          ["--model", folder("model")] + options + more, text: text.joined(separator: "\n") + "\n")
        try expectSuccess(outcome)
        return outcome.lines
      }
      let plain = try translate([])
      try #require(plain.count == text.count)
      for (line, translation) in zip(text, plain) {
        // Only blank lines have empty translations.
        #expect(translation.isEmpty == line.allSatisfy { $0 == " " }, "\(options) '\(line)' '\(translation)'")
      }
      #expect(plain[1] == plain[5])
      #expect(try translate(["--batch-size", "1", "--threads", "1"]) == plain, "\(options)")
      let scored = try translate(["--scores"])
      #expect(try translate(["--scores", "--batch-size", "2"]) == scored, "\(options)")
      for (line, translation) in zip(scored, plain) where !translation.isEmpty {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        #expect(fields.count == 2 && fields[1] == translation, "\(options) \(line)")
        #expect(Double(fields[0]).map { $0 < 0 } == true, "\(options) \(line)")
      }
      let objects = try translate(["--json"]).map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(objects.map { $0["line"] as? Int } == text.indices.map { $0 + 1 })
      #expect(objects.map { $0["translation"] as? String } == plain, "\(options)")
    }
  }

  @Test(arguments: [["--nat-method", "length"], ["--nat-method", "mask-predict"], ["--nat-method", "ctc"]])
  func parallelModelsHaveSeveralTranslations(method: [String]) throws {
    try expectSuccess(try train(["--decoder", "nonautoregressive"] + method, updates: 30))
    let best = try translate(folder("model"), ["--beam", "3"]).lines
    let outcome = try translate(folder("model"), ["--beam", "3", "--n-best", "3"])
    try expectSuccess(outcome)
    let fields = outcome.lines.map { $0.components(separatedBy: " ||| ") }
    for (line, translation) in best.enumerated() {
      let found = fields.filter { $0[0] == "\(line)" }
      #expect(found.count == 3 && found[0][1] == translation)
      let scores = found.compactMap { Double($0[2]) }
      #expect(scores.count == found.count && scores == scores.sorted(by: >))
    }
    // Some translations are different.
    #expect(Set(outcome.lines).count > best.count)
    for (option, value) in [("--max-length-ratio", "0.01"), ("--draft-threshold", "-9")] {
      expectFailure(
        try translate(folder("model"), [option, value]), .translate, saying: [option, "non-autoregressive"])
    }
    if !method.contains("mask-predict") {
      expectFailure(
        try translate(folder("model"), ["--iterations", "9"]), .translate,
        saying: ["--iterations", "mask-predict"])
    }
    expectFailure(
      try translate(folder("model"), ["--coverage-penalty", "0.2"]), .translate, status: 1,
      saying: ["coverage penalty is 0.2", "--decoder autoregressive"])
    expectFailure(
      try translate(folder("model"), ["--sample"]), .translate, status: 1,
      saying: ["sampling is on", "--decoder autoregressive"])
  }

  /// The search of such a model finds one translation.
  @Test func searchesWithoutAlternativesRepeatTheirTranslation() throws {
    let training = ["--nat-method", "length", "--length-ending", "end-token"]
    try expectSuccess(try train(["--decoder", "nonautoregressive"] + training, updates: 30))
    let best = try translate(folder("model"), ["--scores"]).lines
    let outcome = try translate(folder("model"), ["--beam", "3", "--n-best", "3"])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("--beam has no effect"), "\(outcome.errors)")
    let expected = best.enumerated().flatMap { line, scored in
      let fields = scored.components(separatedBy: "\t")
      return Array(repeating: "\(line) ||| \(fields[1]) ||| \(fields[0])", count: 3)
    }
    #expect(outcome.lines == expected)
  }

  @Test(arguments: [
    (["--nat-layers", "2"], ["'--nat-layers'", "--decoder nonautoregressive"]),
    (
      ["--decoder", "both", "--nat-method", "length", "--upsampling", "3"],
      ["'--upsampling'", "--nat-method ctc"]
    ),
    (
      ["--decoder", "both", "--nat-method", "mask-predict", "--glancing", "0.5"],
      ["'--glancing'", "length", "ctc"]
    ),
    (["--decoder", "both", "--glancing-end", "0.3"], ["'--glancing-end'", "'--glancing'"]),
    (["--decoder", "both", "--r-drop", "5"], ["'--r-drop'", "'--decoder'"]),
  ])
  func whatHasNoMeaningIsRefused(options: [String], words: [String]) throws {
    expectFailure(try train(options), .trainTranslation, status: 64, saying: words)
  }

  @Test func missingDecodersAreNamed() throws {
    for choice in ["nonautoregressive", "auto"] {
      let outcome = try translate(fixture.model, ["--decoder", choice])
      expectFailure(outcome, .translate, saying: ["--decoder \(choice)", "--decoder both"])
    }
  }
}
