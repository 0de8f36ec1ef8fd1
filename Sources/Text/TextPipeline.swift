/// From text to token ids and back: normaliser, tokenizer, byte pair encoding and vocabulary of both sides.
///
/// It lives in a folder: `pipeline.json` with the settings; `vocab.txt` and `bpe.codes` where both sides share
/// them, `vocab.source.txt`, `bpe.source.codes` and the same for `target` where each has its own.
public struct TextPipeline: Sendable {
  /// One of the two languages of a translation.
  public enum Side: String, Sendable, CaseIterable {
    /// What is translated.
    case source
    /// What it is translated to.
    case target
  }

  /// What belongs to one side.
  struct Part: Sendable {
    let encoding: BytePairEncoding
    let vocabulary: Vocabulary
    let normalizer: Normalizer
    /// Made once: opening ICU's word breakers takes as long as tokenising many lines.
    let tokenizer: Tokenizer

    init(
      _ side: Side, _ settings: TextPipelineSettings, _ encoding: BytePairEncoding, _ vocabulary: Vocabulary
    ) {
      (self.encoding, self.vocabulary) = (encoding, vocabulary)
      (normalizer, tokenizer) = (settings.makeNormalizer(side), settings.makeTokenizer(side))
    }
  }

  /// How text is prepared.
  public let settings: TextPipelineSettings
  private let source: Part
  private let target: Part

  /// A pipeline whose sides share codes and vocabulary.
  ///
  /// - Precondition: `settings.joint` is true.
  public init(settings: TextPipelineSettings, encoding: BytePairEncoding, vocabulary: Vocabulary) {
    precondition(settings.joint, "TextPipeline: one vocabulary, settings say two")
    self.settings = settings
    source = Part(.source, settings, encoding, vocabulary)
    target = Part(.target, settings, encoding, vocabulary)
  }

  /// A pipeline whose sides have codes and vocabularies of their own.
  ///
  /// - Precondition: `settings.joint` is false.
  public init(
    settings: TextPipelineSettings,
    source: (encoding: BytePairEncoding, vocabulary: Vocabulary),
    target: (encoding: BytePairEncoding, vocabulary: Vocabulary)
  ) {
    precondition(!settings.joint, "TextPipeline: two vocabularies, settings say one")
    self.settings = settings
    self.source = Part(.source, settings, source.encoding, source.vocabulary)
    self.target = Part(.target, settings, target.encoding, target.vocabulary)
  }

  /// Whether both sides share one vocabulary.
  public var isJoint: Bool { settings.joint }

  /// The tokens of a side.
  public func vocabulary(_ side: Side) -> Vocabulary { part(side).vocabulary }

  /// The merges of a side.
  public func encoding(_ side: Side) -> BytePairEncoding { part(side).encoding }

  /// Tokens of a side, special ones included.
  public func vocabularySize(_ side: Side) -> Int { part(side).vocabulary.count }

  /// An encoder for many lines of one side; each thread needs its own.
  public func makeEncoder(_ side: Side) -> SubwordEncoder {
    let part = part(side)
    return SubwordEncoder(
      normalizer: part.normalizer, tokenizer: part.tokenizer,
      speller: VocabularySpeller(encoding: part.encoding, vocabulary: part.vocabulary))
  }

  /// The ids of one line; for many lines, ``makeEncoder(_:)`` is faster, since it remembers words.
  public func encode(_ line: [UInt8], side: Side) -> EncodedSentence {
    var encoder = makeEncoder(side)
    return encoder.encode(line)
  }

  /// One line as a person reads its segmentation; see ``SubwordEncoder/subwords(of:)``.
  public func subwords(of line: [UInt8], side: Side) -> [UInt8] {
    var encoder = makeEncoder(side)
    return encoder.subwords(of: line)
  }

  private func part(_ side: Side) -> Part { side == .source ? source : target }
}
