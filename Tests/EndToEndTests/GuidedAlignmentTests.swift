import Foundation
import TestSupport
import Testing

/// Guided alignment from the command line.
@Suite struct GuidedAlignmentTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  /// The number of words of each training pair.
  private func words() throws -> [(source: Int, target: Int)] {
    let counts = try [("source", fixture.trainSource), ("target", fixture.trainTarget)].map { side, path in
      let outcome = try Command.buildVocab.run(
        ["--print-\(side)-words", fixture.vocabulary], text: String(contentsOfFile: path, encoding: .utf8))
      try expectSuccess(outcome)
      return outcome.lines.map { $0.split(separator: " ").count }
    }
    return Array(zip(counts[0], counts[1]).map { (source: $0, target: $1) })
  }

  /// Word n belongs to word n, which is nearly right for the toy grammar.
  private func alignments() throws -> [String] {
    try words().map { source, target in
      (0..<min(source, target)).map { "\($0)-\($0)" }.joined(separator: " ")
    }
  }

  private func write(_ lines: [String]) throws -> String {
    try lines.map { $0 + "\n" }.joined().write(toFile: folder("align"), atomically: false, encoding: .utf8)
    return folder("align")
  }

  private func train(
    _ alignments: [String], _ options: [String] = [], updates: Int = 40, to name: String = "model"
  ) throws -> Command.Outcome {
    try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder(name), updates: updates)
        + ["--guided-alignment", write(alignments)] + options)
  }

  private func log(_ name: String) throws -> [[String: Any]] {
    try String(contentsOfFile: folder("\(name)/train.jsonl"), encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  private func weights(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder("\(name)/model.safetensors")))
  }

  @Test(arguments: [
    [], ["--bpe-dropout", "0.3", "--copy-unknowns", "0.5"],
    ["--r-drop", "1", "--guided-alignment-heads", "2", "--accumulate", "2"],
    [
      "--encoder-layers", "2", "--decoder-layers", "3", "--layer-drop", "0.2", "--guided-alignment-layer",
      "3", "--attention-dropout",
      "0.1",
    ],
  ])
  func attentionFollowsAndInterruptionDoesNotShow(_ options: [String]) throws {
    let options = options + ["--guided-alignment-weight", "1"]
    try expectSuccess(train(try alignments(), options, to: "whole"))
    let losses = try log("whole").compactMap { $0["alignment_loss"] as? Double }
    // LayerDrop sometimes skips the layer, which makes the loss uneven.
    try #require(losses.count == 4)
    #expect(losses[2] + losses[3] < 0.95 * (losses[0] + losses[1]), "\(losses)")
    let manifest = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder("whole/training.json"))))
    let values = try #require(manifest as? [String: Any])
    #expect((values["regularization"] as? [String: Double])?["guided_alignment"] == 1)
    #expect((values["data"] as? [String: String])?[folder("align")] != nil, "its checksum")
    try expectSuccess(train(try alignments(), options, updates: 7))
    try expectSuccess(train(try alignments(), options + ["--resume"]))
    #expect(try weights("whole") == weights("model"))
  }

  @Test func withoutLinksNothingChanges() throws {
    try expectSuccess(train(alignments(), updates: 10, to: "with"))
    try expectSuccess(train(alignments().map { _ in "" }, updates: 10, to: "empty"))
    try expectSuccess(
      Command.trainTranslation.run(fixture.trainingArguments(model: folder("without"), updates: 10)))
    #expect(try weights("empty") == weights("without"))
    #expect(try weights("with") != weights("without"))
  }

  @Test func wrongFilesAreNamedWithTheirLine() throws {
    var lines = try alignments()
    lines[6] = "0-0 1:1"
    expectFailure(
      try train(lines), .trainTranslation,
      saying: [folder("align") + ":7", "'1:1'", "two numbers such as 0-1"])
    lines[6] = "0-0 77-1"
    expectFailure(
      try train(lines), .trainTranslation,
      saying: [folder("align") + ":7", "'77-1'", "source sentence has", "counted from 0"])
    expectFailure(
      try train(alignments().dropLast()), .trainTranslation,
      saying: [folder("align"), "399 lines", "400", "line n"])
    #expect(!FileManager.default.fileExists(atPath: folder("model/train.jsonl")))
  }

  @Test(arguments: [
    ("--guided-alignment-weight 1", ["'--guided-alignment-weight'", "'--guided-alignment'"]),
    ("--guided-alignment-layer 1", ["'--guided-alignment-layer'"]),
    ("--guided-alignment-heads 1", ["'--guided-alignment-heads'"]),
    ("--guided-alignment a --guided-alignment b", ["1 files of --train-source and 2 of --guided-alignment"]),
    (
      "--guided-alignment a --guided-alignment-layer 3 --decoder-layers 2",
      ["'--guided-alignment-layer 3'", "2"]
    ),
    ("--guided-alignment a --guided-alignment-heads 5 --heads 4", ["'--guided-alignment-heads 5'", "4"]),
    ("--guided-alignment a --guided-alignment-weight 0", ["--guided-alignment-weight"]),
  ])
  func whatDoesNotGoTogetherIsNamed(_ options: String, _ words: [String]) throws {
    let outcome = try Command.trainTranslation.run(
      CommandLineTests.arguments(.trainTranslation) + options.split(separator: " ").map(String.init))
    expectFailure(outcome, .trainTranslation, status: 64, saying: words)
  }

  // MARK: - The words that alignments refer to

  @Test func wordsArePrintedAsTheVocabularyHasThem() throws {
    let outcome = try Command.buildVocab.run(
      ["--print-source-words", fixture.vocabulary], text: "The man's  house.\n\n\"Anna\"\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == 3 && outcome.lines[1].isEmpty)
    #expect(outcome.lines[0].split(separator: " ").count > 3 && outcome.lines[2].contains("Anna"))
  }

  @Test(arguments: [["--merges", "5"], ["--apply-codes", "x"], ["--print-target-words", "x"]])
  func nothingElseGoesWithIt(options: [String]) throws {
    let outcome = try Command.buildVocab.run(["--print-source-words", "x"] + options)
    expectFailure(outcome, .buildVocab, status: 64, saying: [options[0], "--print-source-words"])
  }

  @Test func missingVocabularyIsNamed() throws {
    expectFailure(
      try Command.buildVocab.run(["--print-target-words", "/no/vocab"]), .buildVocab, saying: ["/no/vocab"])
  }
}
