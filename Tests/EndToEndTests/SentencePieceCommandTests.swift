import Foundation
import TestSupport
import Testing

/// `build-vocab --segmentation sentencepiece`, and what `segment-text` does with its folder.
@Suite struct SentencePieceCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let (stems, endings) = (
      ["low", "new", "wide", "play", "Häus", "größ", "дом", "家屋"], ["", "er", "est", "ing", "s", "ов", "42"]
    )
    let words = stems.flatMap { stem in endings.map { stem + $0 } }
    let text = (0..<2000).map { number in
      (0...number % 5).map { words[(number * 7 + $0 * number) % words.count] }.joined(separator: " ") + "\n"
    }
    try text.joined().write(toFile: folder("a.txt"), atomically: false, encoding: .utf8)
    try text[..<1500].joined().write(toFile: folder("b.txt"), atomically: false, encoding: .utf8)
  }

  private func build(_ options: [String]) throws -> Command.Outcome {
    try Command.buildVocab.run(
      ["--source", folder("a.txt"), "--target", folder("b.txt"), "--output", folder("vocab")] + options)
  }

  @Test(arguments: ["unigram", "bpe"])
  func aVocabularyIsLearnedAndTextComesBack(type: String) throws {
    let options = [
      "--segmentation", "sentencepiece", "--model-type", type, "--vocab-size", "310", "--byte-fallback",
      "--user-defined-symbols", "@@,%s", "--tag", "<2de>",
    ]
    let outcome = try build(options)
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("vocabulary  318 (joint)"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("LOG"))
    #expect(
      folder.names.filter { $0.hasPrefix("vocab/") } == ["vocab/pipeline.json", "vocab/sentencepiece.model"])
    let model = try Data(contentsOf: URL(fileURLWithPath: folder("vocab/sentencepiece.model")))
    try expectSuccess(build(options + ["--threads", "3"]))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("vocab/sentencepiece.model"))) == model)

    let text = "<2de> lower 家屋@@Häuser %s\n\nlow ☃ </s>\n"
    let pieces = try Command.segmentText.run(["--vocab", folder("vocab")], text: text)
    #expect(pieces.lines[0].hasPrefix("<2de> ▁") && pieces.lines[0].contains(" @@ "))
    #expect(pieces.lines[1].isEmpty && pieces.lines[2].contains("<0xE2> <0x98> <0x83>"))
    let back = try Command.segmentText.run(["--vocab", folder("vocab"), "--undo"], text: pieces.output)
    #expect(back.output == text)
  }

  @Test func separateModelsReplaceASharedOne() throws {
    try expectSuccess(build(["--segmentation", "sentencepiece", "--vocab-size", "50"]))
    try expectSuccess(build(["--segmentation", "sentencepiece", "--vocab-size", "50", "--separate"]))
    #expect(
      folder.names.filter { $0.hasPrefix("vocab/") } == [
        "vocab/pipeline.json", "vocab/sentencepiece.source.model", "vocab/sentencepiece.target.model",
      ])
    try expectSuccess(build(["--segmentation", "icu"]))
    #expect(
      folder.names.filter { $0.hasPrefix("vocab/") } == [
        "vocab/bpe.codes", "vocab/pipeline.json", "vocab/vocab.txt",
      ])
  }

  @Test(arguments: [
    (["--segmentation", "sentencepiece", "--vocab-size", "90000"], "90000 pieces is too large"),
    (["--segmentation", "sentencepiece", "--vocab-size", "9"], "9 pieces is too small"),
    (
      ["--segmentation", "sentencepiece", "--merges", "9"],
      "'--merges' has no effect with '--segmentation sentencepiece'"
    ),
    (["--segmentation", "sentencepiece", "--protect", "x"], "'--protect' has no effect"),
    (["--segmentation", "sentencepiece", "--lowercase"], "'--lowercase' has no effect"),
    (["--segmentation", "whitespace", "--vocab-size", "9"], "'--vocab-size' has no effect"),
    (["--byte-fallback"], "it needs '--segmentation sentencepiece'"),
    (["--segmentation", "icu", "--tokenizer", "icu"], "give one of them"),
    (["--segmentation", "sentencepiece", "--character-coverage", "0"], "'--character-coverage'"),
    (["--segmentation", "sentencepiece", "--user-defined-symbols", "a,,b"], "'--user-defined-symbols'"),
    (["--segmentation", "sentencepiece", "--user-defined-symbols", "a b"], "'--user-defined-symbols'"),
    (["--segmentation", "moses"], "one of icu, whitespace, sentencepiece"),
  ])
  func impossibleOptionsAreRefused(options: [String], words: String) throws {
    // What only shows when the text is read is no error of usage.
    let status: Int32 = words.contains("pieces is") ? 1 : 64
    expectFailure(try build(options), .buildVocab, status: status, saying: [words])
    #expect(folder.names == ["a.txt", "b.txt"])
  }
}
