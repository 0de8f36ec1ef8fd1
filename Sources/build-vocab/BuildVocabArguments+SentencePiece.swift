public import CommandLineArguments
import Formatting
public import Text

/// The ways to split text that can be learned.
enum SegmentationKind: String, CaseIterable, ArgumentValue {
  case icu, whitespace, sentencepiece
}

extension SentencePieceLearning.ModelType: ArgumentValue {}

extension BuildVocabArguments {
  /// The segmentation, by the name that ``settings`` have.
  var segmentation: SegmentationKind {
    get { SegmentationKind(rawValue: settings.segmentation) ?? .icu }
    set { settings.segmentation = newValue.rawValue }
  }

  static let sentencePieceOptions: [Option<Self>] = [
    Option(
      "--model-type", "type", "most likely pieces ('unigram') or merges of pairs ('bpe')",
      \.settings.sentencePiece.modelType
    ).only(with: \.segmentation, .sentencepiece),
    Option(
      "--vocab-size", "count", "number of pieces, including special tokens and tags, but not --span-tokens",
      \.settings.sentencePiece.vocabularySize, limit: .atLeast(1)
    ).only(with: \.segmentation, .sentencepiece),
    Option(
      "--character-coverage", "share", "share of the text's characters that become pieces",
      \.settings.sentencePiece.characterCoverage, limit: .between(0, 1)
    ).only(with: \.segmentation, .sentencepiece),
    Option(
      "--byte-fallback", "spell other characters with pieces of bytes instead of <unk>",
      \.settings.sentencePiece.spellsBytes
    ).only(with: \.segmentation, .sentencepiece),
    Option(
      "--user-defined-symbols", "text",
      "text that is always one piece; separate several by commas, or repeat",
      \.settings.sentencePiece.userDefinedSymbols, list: .commaSeparated
    ).only(with: \.segmentation, .sentencepiece),
  ]

  /// Checks what SentencePiece would misunderstand.
  func checkSentencePiece(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if given.contains(\.segmentation), given.contains(\.settings.tokenizer) {
      throw .conflict("'--segmentation' and '--tokenizer' say the same; give one of them")
    }
    guard settings.sentencePiece.characterCoverage > 0 else {
      throw .badValue("0", option: "--character-coverage", expected: "a share above 0 and at most 1")
    }
    let symbols = settings.sentencePiece.userDefinedSymbols
    for (index, symbol) in symbols.enumerated() {
      if symbol.isEmpty || symbol.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0 == "\0" })
      {
        throw .badValue(
          symbol, option: "--user-defined-symbols", expected: "text without spaces, separated by commas")
      }
      if symbols[..<index].contains(symbol) || settings.tags.contains(symbol) {
        throw .conflict(
          "'--user-defined-symbols': '\(symbol)' is given twice, or is a tag, too; give it once")
      }
      if settings.marks.names.contains(symbol) {
        throw .conflict(
          "'--user-defined-symbols': '\(symbol)' has the name of a \(Self.use(ofMark: symbol))")
      }
    }
  }

  /// What a mark is for, and what to do about another token with its name.
  static func use(ofMark name: String) -> String {
    TermMarks.names.contains(name)
      ? "mark of terms; choose another name, or leave out '--term-marks'"
      : "token for copied text; choose another name, or '--span-tokens 0'"
  }
}
