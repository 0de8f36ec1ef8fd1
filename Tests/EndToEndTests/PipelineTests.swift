import Foundation
import TestSupport
import Testing

/// From two text files to a score, as in the README.
@Suite struct PipelineTests {
  @Test func fourCommandsMakeATranslatorAndItsScore() throws {
    let fixture = try Fixture.shared()
    let source = try fixture.sentences()
    let translation = try Command.translate.run(["--model", fixture.model], text: lines(source))
    try expectSuccess(translation)
    #expect(translation.errors.isEmpty, "\(translation.errors)")
    #expect(translation.lines.count == source.count)
    let score = try Command.evaluateTranslation.run(
      ["--reference", fixture.validTarget, "--json", "--metrics", "bleu,chrf"],
      input: translation.outputBytes)
    try expectSuccess(score)
    _ = try JSONSerialization.jsonObject(with: Data(score.outputBytes))
    // 60 updates teach at least the structure of the sentences.
    let text = try Command.evaluateTranslation.run(
      ["--reference", fixture.validTarget, "--metrics", "chrf", "--sentence-level"],
      input: translation.outputBytes)
    let scores = text.lines.dropFirst().compactMap { $0.split(separator: "\t").last.flatMap { Double($0) } }
    #expect(scores.count == source.count, "\(text.output)")
    #expect(scores.reduce(0, +) / Double(max(scores.count, 1)) > 20, "\(translation.output)")
  }

  @Test func modelFolderIsWholeAndNothingIsLeftBehind() throws {
    let fixture = try Fixture.shared()
    let names = try FileManager.default.subpathsOfDirectory(atPath: fixture.model).sorted()
    #expect(
      names == [
        "bpe.codes", "checkpoints", "checkpoints/command.json", "checkpoints/last.safetensors",
        "checkpoints/previous.safetensors", "checksums.json", "confidence.json", "config.json",
        "model.safetensors", "pipeline.json", "samples.jsonl", "train.jsonl", "training.json", "vocab.txt",
      ])
    let vocabulary = try FileManager.default.contentsOfDirectory(atPath: fixture.vocabulary).sorted()
    #expect(vocabulary == ["bpe.codes", "pipeline.json", "vocab.txt"])
  }

  @Test func modelFolderCanBeMovedAndCopied() throws {
    let fixture = try Fixture.shared()
    let text = lines(try fixture.sentences())
    let original = try Command.translate.run(["--model", fixture.model], text: text)
    let copy = try fixture.copyOfModel()
    #expect(try Command.translate.run(["--model", copy.path], text: text).output == original.output)
    let other = try TemporaryFolder()
    let moved = other("a folder with spaces and ü")
    try FileManager.default.moveItem(atPath: copy.path, toPath: moved)
    #expect(try Command.translate.run(["--model", moved], text: text).output == original.output)
  }

  @Test func equalInputsMakeEqualVocabularies() throws {
    let fixture = try Fixture.shared()
    let folder = try TemporaryFolder()
    for threads in ["1", "3"] {
      let arguments = fixture.vocabularyArguments(output: folder("vocab")) + ["--threads", threads]
      try expectSuccess(Command.buildVocab.run(arguments))
      for name in ["bpe.codes", "pipeline.json", "vocab.txt"] {
        #expect(
          try Data(contentsOf: URL(fileURLWithPath: folder("vocab/\(name)")))
            == Data(contentsOf: URL(fileURLWithPath: "\(fixture.vocabulary)/\(name)")), "\(name)")
      }
    }
    #expect(folder.names == ["vocab", "vocab/bpe.codes", "vocab/pipeline.json", "vocab/vocab.txt"])
  }

  @Test func separateVocabulariesWork() throws {
    let fixture = try Fixture.shared()
    let folder = try TemporaryFolder()
    try expectSuccess(
      Command.buildVocab.run(fixture.vocabularyArguments(output: folder("vocab")) + ["--separate"]))
    var arguments = fixture.trainingArguments(model: folder("model"), updates: 3)
    arguments[1] = folder("vocab")
    try expectSuccess(Command.trainTranslation.run(arguments))
    let outcome = try Command.translate.run(
      ["--model", folder("model"), "--beam", "1"], text: "Anna sees the old house.\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == 1)
    expectFailure(
      try Command.trainTranslation.run(arguments + ["--overwrite", "--tie", "all"]), .trainTranslation,
      status: 64, saying: ["--joint"])
  }
}

/// Lines in the form of a file.
func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
