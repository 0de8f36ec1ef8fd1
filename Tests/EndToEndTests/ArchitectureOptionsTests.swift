import Foundation
import TestSupport
import Testing

/// Architectures that differ from the paper's, from the option to the translation.
@Suite struct ArchitectureOptionsTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  struct Variant: Sendable, CustomTestStringConvertible {
    let options: [String]
    /// Expected entries of config.json.
    let written: [String: String]
    /// What `--resume` without the options reports about the first run.
    let words: String
    var testDescription: String { options.joined(separator: " ") }

    init(_ options: String, _ written: [String: String], words: String) {
      (self.options, self.written) = (options.split(separator: " ").map(String.init), written)
      self.words = words
    }
  }

  static let variants = [
    Variant(
      "--positions learned --max-length 60",
      ["position_encoding": "learned", "max_position_embeddings": "61", "static_position_embeddings": "0"],
      words: "61 learned positions"),
    Variant(
      "--positions rotary --norm pre", ["position_encoding": "rotary", "static_position_embeddings": "0"],
      words: "rotary positions"),
    Variant(
      "--positions alibi", ["position_encoding": "alibi", "static_position_embeddings": "0"],
      words: "alibi positions"),
    Variant("--activation reglu", ["activation_function": "reglu"], words: "reglu"),
    Variant("--activation geglu --inner-size 42", ["activation_function": "geglu"], words: "geglu"),
    Variant(
      "--activation swiglu --activation-dropout 0.1", ["activation_function": "swiglu"], words: "swiglu"),
    Variant("--bias-free", ["use_bias": "0"], words: "no biases"),
    Variant(
      "--initialization normal", ["initialization": "normal"], words: "normal initialisation"),
    Variant(
      "--initialization depth-scaled --decoder-layers 3", ["initialization": "depth-scaled"],
      words: "depth-scaled initialisation"),
    Variant(
      "--positions rotary --activation swiglu --bias-free --norm pre --initialization depth-scaled",
      ["position_encoding": "rotary", "use_bias": "0", "activation_function": "swiglu"],
      words: "no biases, depth-scaled initialisation"),
    Variant(
      "--decoder nonautoregressive --nat-method ctc --upsampling 3 --glancing 0.5 --nat-layers 1",
      ["autoregressive_decoder": "0"],
      words: "no autoregressive decoder, 1 layers of ctc, 3 positions a token"),
    Variant(
      "--decoder nonautoregressive --nat-method length --glancing 0.5", ["autoregressive_decoder": "0"],
      words: "layers of length, predicted lengths"),
    Variant(
      "--decoder nonautoregressive --nat-method length --length-ending end-token --positions rotary",
      ["autoregressive_decoder": "0"], words: "end-token lengths"),
    Variant(
      "--decoder both --nat-method ctc --positions alibi --heads 3 --size 48", ["position_encoding": "alibi"],
      words: "alibi positions"),
    Variant(
      "--decoder nonautoregressive --nat-method mask-predict --positions learned --max-length 60",
      ["autoregressive_decoder": "0"], words: "layers of mask-predict"),
    Variant("--decoder both --nat-method mask-predict --norm pre", [:], words: "layers of mask-predict"),
  ]

  private func train(_ variant: Variant, to name: String, updates: Int, _ more: [String] = []) throws {
    try expectSuccess(
      Command.trainTranslation.run(
        fixture.trainingArguments(model: folder(name), updates: updates) + variant.options + more))
  }

  private func contents(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder(path)))
  }

  /// Losses of the log, oldest first.
  private func losses(_ name: String) throws -> [Double] {
    try String(decoding: contents("\(name)/train.jsonl"), as: UTF8.self).split(separator: "\n").compactMap {
      try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["loss"] as? Double
    }
  }

  private func translate(_ model: String, _ options: [String]) throws -> [String] {
    let outcome = try Command.translate.run(
      ["--model", folder(model)] + options, text: try fixture.sentences().joined(separator: "\n") + "\n")
    try expectSuccess(outcome)
    return outcome.lines
  }

  @Test(arguments: variants)
  func learnsAndTranslates(_ variant: Variant) throws {
    try train(variant, to: "model", updates: 60, ["--keep-checkpoints", "2", "--keep-every", "20"])
    let losses = try losses("model")
    #expect(try #require(losses.last) < 0.8 * losses[0], "\(losses)")
    let configuration = try #require(
      try JSONSerialization.jsonObject(with: contents("model/config.json")) as? [String: Any])
    for (key, value) in variant.written {
      let found = try #require(configuration[key], "no \(key)")
      #expect((found as? String ?? (found as? NSNumber)?.stringValue) == value, "\(key)")
    }
    // Translations do not depend on the batch, in greedy or beam search.
    let count = try fixture.sentences().count
    for beam in ["1", "4"] {
      let together = try translate("model", ["--beam", beam])
      #expect(together.count == count)
      #expect(together.contains { !$0.isEmpty })
      #expect(try translate("model", ["--beam", beam, "--batch-size", "1"]) == together)
    }
    try expectSuccess(
      Command.averageCheckpoints.run(["--model", folder("model"), "--output", folder("averaged")]))
    #expect(try translate("averaged", []).count == count)
    #expect(try contents("averaged/config.json") == contents("model/config.json"))
  }

  @Test(arguments: variants)
  func resumedIsTheSameAndOthersAreRefused(_ variant: Variant) throws {
    // BLEU may be 0 after so few updates, and of equally good models the first is kept.
    let best = ["--best-by", "perplexity"]
    try train(variant, to: "whole", updates: 12, best)
    try train(variant, to: "parts", updates: 5, best)
    let plain = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("parts"), updates: 12) + best + ["--resume"])
    expectFailure(plain, .trainTranslation, saying: [variant.words])
    try train(variant, to: "parts", updates: 12, best + ["--resume"])
    #expect(try contents("whole/model.safetensors") == contents("parts/model.safetensors"))
  }

  /// Lines that are longer than the table of learned positions are cut, as they are for every model.
  @Test func longLinesAreTranslatedWithLearnedPositions() throws {
    try train(Self.variants[0], to: "model", updates: 10)
    let sentence = try #require(try fixture.sentences().first)
    let long = [String](repeating: sentence, count: 40).joined(separator: " ")
    let outcome = try Command.translate.run(["--model", folder("model"), "--beam", "2"], text: long + "\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == 1)
  }

  @Test func rotaryPositionsNeedPairsOfColumns() throws {
    let outcome = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("model"), updates: 1)
        + ["--positions", "rotary", "--size", "30", "--heads", "2"])
    expectFailure(
      outcome, .trainTranslation, status: 64, saying: ["rotary", "d_model 30", "15", "2 attention heads"])
  }

  /// Naming the defaults does not change the files of the paper's models.
  @Test func namesOfDefaultsChangeNothing() throws {
    let defaults = "--positions sinusoidal --activation relu --initialization glorot"
    try train(Variant("", [:], words: ""), to: "plain", updates: 5)
    try train(Variant(defaults, [:], words: ""), to: "named", updates: 5)
    for file in ["config.json", "model.safetensors"] {
      #expect(try contents("plain/\(file)") == contents("named/\(file)"), "\(file)")
    }
  }
}
