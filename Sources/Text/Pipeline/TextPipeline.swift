internal import Machine
public import Tokens

/// From text to token ids and back, for both sides of a translation.
///
/// How that is done is the business of a ``Segmentation``, such as ``ICUBytePairs``. A pipeline lives in a folder:
/// `pipeline.json` with the settings, and the files of its segmentation.
public struct TextPipeline: Sendable {
  /// One of the two languages of a translation.
  public enum Side: String, Sendable, CaseIterable {
    /// What is translated.
    case source
    /// What it is translated to.
    case target
  }

  /// What belongs to one side.
  private struct Part: Sendable {
    let segmentation: any Segmentation
    let vocabulary: Vocabulary
    let split: WordSplitter
    /// Those that ``TextPipeline/encode(_:side:tag:)`` uses, with the words they remember.
    let encoders: Pool<LineEncoder>

    init(_ side: Side, _ settings: TextPipelineSettings, _ segmentation: some Segmentation) {
      let vocabulary = segmentation.vocabulary
      precondition(
        vocabulary.tags == settings.tags(side),
        "TextPipeline: tags \(vocabulary.tags), settings say \(settings.tags(side))")
      (self.segmentation, self.vocabulary) = (segmentation, vocabulary)
      split = type(of: segmentation).makeWordSplitter(settings, side)
      encoders = Pool { LineEncoder(segmentation, readsTags: side == .source) }
    }
  }

  /// How text is prepared.
  public let settings: TextPipelineSettings
  private let source: Part
  private let target: Part

  /// A pipeline of the segmentations of both sides.
  ///
  /// - Precondition: it is the segmentation that the settings name, with their tags, and the sides' end and unknown
  ///   tokens have the same ids.
  public init<Kind: Segmentation>(settings: TextPipelineSettings, source: Kind, target: Kind) {
    precondition(
      settings.segmentation == Kind.name,
      "TextPipeline: segmentation '\(Kind.name)', settings say '\(settings.segmentation)'")
    precondition(
      source.vocabulary.specialTokens.agree(with: target.vocabulary.specialTokens),
      "TextPipeline: \(source.vocabulary.specialTokens) and \(target.vocabulary.specialTokens)")
    self.settings = settings
    self.source = Part(.source, settings, source)
    self.target = Part(.target, settings, target)
  }

  /// Whether both sides share one vocabulary.
  public var isJoint: Bool { settings.joint }

  /// The ids that a model with these vocabularies knows special tokens by: those of the target.
  ///
  /// The source's end and unknown tokens have the same; its padding and beginning tokens are never read.
  public var specialTokens: SpecialTokens { target.vocabulary.specialTokens }

  /// The tags that source lines can begin with.
  public var tags: [String] { source.vocabulary.tags }

  /// How the text of a side becomes tokens.
  public func segmentation(_ side: Side) -> any Segmentation { part(side).segmentation }

  /// The tokens of a side.
  public func vocabulary(_ side: Side) -> Vocabulary { part(side).vocabulary }

  /// Tokens of a side, special ones included.
  public func vocabularySize(_ side: Side) -> Int { part(side).vocabulary.count }

  /// An encoder for many lines of one side; each thread needs its own.
  public func makeEncoder(_ side: Side) -> LineEncoder {
    LineEncoder(part(side).segmentation, readsTags: side == .source)
  }

  /// What cuts lines of a side into words.
  func splitter(_ side: Side) -> WordSplitter { part(side).split }

  /// The ids of one line; see ``LineEncoder/encode(_:tag:)``.
  ///
  /// Words met before are remembered, by an encoder for each thread that calls this at the same time.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8, without a line end.
  ///   - side: whose text it is.
  ///   - tag: which tag a source sentence has; a target sentence never has one.
  /// - Returns: the sentence, without the end token.
  public func encode(_ line: [UInt8], side: Side, tag: LineTag = .own) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(line, tag: tag) }
  }

  /// The ids of plain text, in which no tag is looked for; see ``encode(_:side:tag:)``.
  public func encode(text: [UInt8], side: Side) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(text: text) }
  }

  /// The ids of one line in a segmentation that is drawn at random, for training; see
  /// ``LineEncoder/encode(_:tag:dropout:using:)``.
  public func encode(
    _ line: [UInt8], side: Side, tag: LineTag = .own, dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    part(side).encoders.withElement { $0.encode(line, tag: tag, dropout: dropout, using: &generator) }
  }

  /// One line as a person reads its segmentation; see ``LineEncoder/subwords(of:)``.
  public func subwords(of line: [UInt8], side: Side) -> [UInt8] {
    part(side).encoders.withElement { $0.subwords(of: line) }
  }

  private func part(_ side: Side) -> Part { side == .source ? source : target }
}

extension SpecialTokens {
  /// Whether source and target sentences can be of one model: whether they end alike, and are unknown alike.
  func agree(with other: SpecialTokens) -> Bool { end == other.end && unknown == other.unknown }
}
