public import Tokens

/// Splits text into the pieces of a SentencePiece model, which also normalizes it.
///
/// The ids of a line are exactly those that SentencePiece gives: nothing is cleaned, normalized or tokenized before. Words
/// begin at `▁`, the mark of a space. In models that mark the ends of words, they end there.
///
/// A vocabulary folder has the file `sentencepiece.model` for both sides, or `sentencepiece.source.model` and
/// `sentencepiece.target.model`. If ids are not those of the model, a list of all tokens is beside it: `vocab.txt` for both
/// sides, or `vocab.source.txt` and `vocab.target.txt`.
public struct SentencePieceSegmentation: Segmentation {
  /// Splits text into pieces.
  public let model: SentencePieceModel
  /// The tokens, if they are not the model's pieces.
  public let list: TokenList?
  /// The tokens.
  public var vocabulary: Vocabulary { tokens.vocabulary }
  /// Its files.
  public let files: [(name: String, contents: [UInt8])]

  let tokens: SentencePieceTokens
  private var words: PieceWords { tokens.words }

  init(
    _ model: SentencePieceModel, _ list: TokenList?, _ tokens: SentencePieceTokens,
    files: [(name: String, contents: [UInt8])]
  ) {
    (self.model, self.list, self.tokens, self.files) = (model, list, tokens, files)
  }

  /// Its name in `pipeline.json`.
  public static let name = "sentencepiece"

  /// The model files as text, and the lists.
  public var comparedFiles: [(name: String, contents: [UInt8])] {
    files.map { Self.modelNames.all.contains($0.name) ? ($0.name, model.file.lines) : $0 }
  }

  /// An encoder.
  public func makeEncoder() -> SentencePieceEncoder { SentencePieceEncoder(self) }

  /// The words of a line: pieces up to the next mark of a space, which is left out.
  public func words(of line: [UInt8]) -> [UInt8] {
    var encoder = SentencePieceEncoder(self)
    let marked = encoder.marked(line)
    return Array(words.split(marked).joined(separator: [UInt8(ascii: " ")]))
  }

  /// The number of pieces of each word.
  public func wordLengths(_ sentence: EncodedSentence) -> [UInt16] { words.lengths(of: sentence) }

  /// A piece with a space's mark begins a word, or ends one if the model marks ends.
  public func spelling(of id: TokenID) -> TokenSpelling? {
    guard vocabulary.isText(id) else { return nil }
    return words.spelling(of: id, vocabulary[id])
  }

  /// The text that tokens stand for, like SentencePiece's decoding.
  ///
  /// The text of an `<unk>` that begins with a space begins a word. An `<unk>` without text is written ` ⁇ `, or as the
  /// model says. Line feeds become spaces, since a translation is one line.
  public func text(of sentence: EncodedSentence) -> [UInt8] {
    var text = PieceText(model.file)
    var unknowns = sentence.unknowns[...]
    for id in sentence.ids {
      if id == vocabulary.specialTokens.unknown {
        text.append(unknown: unknowns.popFirst()?.bytes)
      } else {
        switch tokens.spellings[Int(id)] {
        case .text: text.append(vocabulary[id])
        case .byte(let byte): text.append(byte)
        case .silent: text.appendNothing()
        }
      }
    }
    return text.finished()
  }

  /// The text of a word; a space before it is part of it.
  public func text(ofWord ids: ArraySlice<TokenID>) -> [UInt8] {
    let start = ids.first.map { words.startsWord($0) } ?? false
    let text = text(of: EncodedSentence(ids: Array(ids)))
    // Decoding removes the space at the beginning of a text.
    return start && text.first != UInt8(ascii: " ") ? [UInt8(ascii: " ")] + text : text
  }

  /// The text of pieces, separated by spaces; unknown text is written like a piece.
  public func text(ofSubwords subwords: [UInt8]) -> [UInt8] {
    var sentence = EncodedSentence()
    for piece in subwords.split(separator: UInt8(ascii: " ")) {
      let id = vocabulary.textID(piece.span)
      sentence.ids.append(id ?? vocabulary.specialTokens.unknown)
      if id == nil {
        sentence.unknowns.append(UnknownText(bytes: spaced(piece), continuesWord: true))
      }
    }
    return text(of: sentence)
  }

  /// The settings without what was to be learned: it is in the model file.
  public static func recorded(_ settings: TextPipelineSettings, _ source: Self, _ target: Self)
    -> TextPipelineSettings
  {
    var recorded = TextPipelineSettings()
    recorded.segmentation = settings.segmentation
    (recorded.formatVersion, recorded.joint, recorded.tags) = (
      settings.formatVersion, settings.joint, settings.tags
    )
    recorded.marks = settings.marks
    (recorded.sourceLanguage, recorded.targetLanguage) = (settings.sourceLanguage, settings.targetLanguage)
    (recorded.sentencesPerLine, recorded.endsSource) = (settings.sentencesPerLine, settings.endsSource)
    recorded.preprocessing = settings.preprocessing
    return recorded
  }
}
