internal import Machine
public import Tokens

/// From text to token ids and back, for both sides of a translation.
///
/// A ``Segmentation``, such as ``ICUBytePairs``, does the actual work. A pipeline is stored in a folder:
/// `pipeline.json` with the settings, and the files of its segmentation.
public struct TextPipeline: Sendable {
  /// One of the two languages of a translation.
  public enum Side: String, Sendable, CaseIterable {
    /// The language of the input.
    case source
    /// The language of the translation.
    case target
  }

  /// The parts of one side.
  private struct Part: Sendable {
    let segmentation: any Segmentation
    let vocabulary: Vocabulary
    let spellings: TokenSpellings
    /// The encoders of ``TextPipeline/encode(_:side:tag:)``, with their word caches.
    let encoders: Pool<LineEncoder>

    init(_ side: Side, _ settings: TextPipelineSettings, _ segmentation: some Segmentation) {
      let vocabulary = segmentation.vocabulary
      precondition(
        vocabulary.tags == settings.tags(side),
        "TextPipeline: tags \(vocabulary.tags), settings say \(settings.tags(side))")
      precondition(
        vocabulary.marks == settings.marks,
        "TextPipeline: \(vocabulary.marks), settings say \(settings.marks)")
      (self.segmentation, self.vocabulary) = (segmentation, vocabulary)
      spellings = TokenSpellings(segmentation)
      encoders = Pool {
        LineEncoder(segmentation, readsTags: side == .source, preprocessing: settings.preprocessing)
      }
    }
  }

  /// How the pipeline prepares text.
  public let settings: TextPipelineSettings
  private let source: Part
  private let target: Part

  /// A pipeline with the segmentations of both sides.
  ///
  /// - Precondition: the segmentations have the name, the tags and the marks of the settings, and the end and
  ///   unknown tokens of both sides have the same ids.
  public init<Kind: Segmentation>(settings: TextPipelineSettings, source: Kind, target: Kind) {
    precondition(
      settings.segmentation == Kind.name,
      "TextPipeline: segmentation '\(Kind.name)', settings say '\(settings.segmentation)'")
    precondition(
      source.vocabulary.specialTokens.agree(with: target.vocabulary.specialTokens),
      "TextPipeline: \(source.vocabulary.specialTokens) and \(target.vocabulary.specialTokens)")
    self.settings = Kind.recorded(settings, source, target)
    self.source = Part(.source, settings, source)
    self.target = Part(.target, settings, target)
  }

  /// Whether both sides share one vocabulary.
  public var isJoint: Bool { settings.joint }

  /// The ids of the special tokens for a model with these vocabularies: those of the target.
  ///
  /// The source's end and unknown tokens have the same ids; its padding and beginning tokens are never used.
  public var specialTokens: SpecialTokens { target.vocabulary.specialTokens }

  /// The tags that source lines can begin with.
  public var tags: [String] { source.vocabulary.tags }

  /// The segmentation of a side.
  public func segmentation(_ side: Side) -> any Segmentation { part(side).segmentation }

  /// The vocabulary of a side.
  public func vocabulary(_ side: Side) -> Vocabulary { part(side).vocabulary }

  /// Number of tokens of a side, including special ones.
  public func vocabularySize(_ side: Side) -> Int { part(side).vocabulary.count }

  /// How each token of a side is written within words; nil for tokens without text, and if only whole words are tokens.
  public func spellings(_ side: Side) -> [TokenSpelling?] { part(side).spellings.all }

  /// An encoder for many lines of one side; each thread needs its own.
  public func makeEncoder(_ side: Side) -> LineEncoder {
    LineEncoder(
      part(side).segmentation, readsTags: side == .source, preprocessing: settings.preprocessing)
  }

  /// The ids of one line; see ``LineEncoder/encode(_:tag:)``.
  ///
  /// Words are cached, in one encoder for each thread that calls this concurrently.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8, without a line end.
  ///   - side: the side of the text.
  ///   - tag: which tag a source sentence has; a target sentence never has one.
  /// - Returns: the sentence, without the end token.
  public func encode(_ line: [UInt8], side: Side, tag: LineTag = .own) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(line, tag: tag) }
  }

  /// The ids of plain text, in which tags are not recognized; see ``encode(_:side:tag:)``.
  public func encode(text: [UInt8], side: Side) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(text: text) }
  }

  /// The ids of one line in a randomly drawn segmentation, for training; see
  /// ``LineEncoder/encode(_:tag:dropout:using:)``.
  public func encode(
    _ line: [UInt8], side: Side, tag: LineTag = .own, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(line, tag: tag, dropout: dropout, using: &generator) }
  }

  /// The subwords of one line in readable form; see ``LineEncoder/subwords(of:)``.
  public func subwords(of line: [UInt8], side: Side) -> [UInt8] {
    part(side).encoders.withElement { $0.subwords(of: line) }
  }

  private func part(_ side: Side) -> Part { side == .source ? source : target }
}

extension SpecialTokens {
  /// Whether one model can use both vocabularies: their end tokens are equal, and so are their unknown tokens.
  func agree(with other: SpecialTokens) -> Bool { end == other.end && unknown == other.unknown }
}
