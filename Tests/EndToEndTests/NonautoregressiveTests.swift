import Foundation
import TestSupport
import Testing

/// Models that predict all tokens at once, and models with both decoders.
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
    // Nothing is good enough, so that everything is translated by the first decoder.
    #expect(try translate(folder("both"), ["--draft-threshold", "0"]).lines == alone)
    // Everything is good enough.
    let drafts = try translate(folder("both"), ["--draft-threshold", "-1000"]).lines
    #expect(drafts.count == alone.count && drafts != alone)
  }

  @Test func parallelModelsKeepThePromisesOfTranslate() throws {
    try expectSuccess(
      try train(["--decoder", "nonautoregressive", "--nat-method", "mask-predict"], updates: 30))
    let long = try #require(try fixture.sentences().first)
    let text = ["", long, [String](repeating: long, count: 60).joined(separator: " "), " ", "🦊 \u{0} zzz"]
    let outcome = try Command.translate.run(
      ["--model", folder("model"), "--json", "--iterations", "3", "--length-beam", "2", "--n-best", "2"],
      text: text.joined(separator: "\n") + "\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == text.count)
    #expect(outcome.lines[0].contains(#""translation":"""#) || outcome.lines[0].contains(#""text":"""#))
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
