internal import Machine

/// From text to token ids and back: normalizer, tokenizer, byte pair encoding and vocabulary of both sides.
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
    let tokenizer: Tokenizer
    /// Those that ``TextPipeline/encode(_:side:)`` uses, with the words they remember.
    let encoders: Pool<SubwordEncoder>

    init(
      _ side: Side, _ settings: TextPipelineSettings, _ encoding: BytePairEncoding, _ vocabulary: Vocabulary
    ) {
      precondition(
        vocabulary.tags == settings.tags(side),
        "TextPipeline: tags \(vocabulary.tags), settings say \(settings.tags(side))")
      (self.encoding, self.vocabulary) = (encoding, vocabulary)
      let (normalizer, tokenizer) = (settings.makeNormalizer(side), settings.makeTokenizer(side))
      (self.normalizer, self.tokenizer) = (normalizer, tokenizer)
      encoders = Pool {
        SubwordEncoder(
          normalizer: normalizer, tokenizer: tokenizer,
          speller: VocabularySpeller(encoding: encoding, vocabulary: vocabulary),
          readsTags: side == .source)
      }
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

  /// The tags that source lines can begin with.
  public var tags: [String] { source.vocabulary.tags }

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
      speller: VocabularySpeller(encoding: part.encoding, vocabulary: part.vocabulary),
      readsTags: side == .source)
  }

  /// The ids of one line; see ``SubwordEncoder/encode(_:tag:)``.
  ///
  /// Words met before are remembered, by an encoder for each thread that calls this at the same time.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8, without a line end.
  ///   - side: whose text it is.
  ///   - tag: which tag a source sentence has; a target sentence never has one.
  /// - Returns: the sentence, without `</s>`.
  public func encode(_ line: [UInt8], side: Side, tag: LineTag = .own) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(line, tag: tag) }
  }

  /// The ids of one line with BPE-dropout, for training; see ``SubwordEncoder/encode(tokens:dropout:using:)``.
  public func encode(
    _ line: [UInt8], side: Side, tag: LineTag = .own, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(line, tag: tag, dropout: dropout, using: &generator) }
  }

  /// One line as a person reads its segmentation; see ``SubwordEncoder/subwords(of:)``.
  public func subwords(of line: [UInt8], side: Side) -> [UInt8] {
    part(side).encoders.withElement { $0.subwords(of: line) }
  }

  private func part(_ side: Side) -> Part { side == .source ? source : target }
}
