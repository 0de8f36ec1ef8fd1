import Tokens

/// Encodes the lines of one side and caches words; each thread needs its own.
public struct LineEncoder: Sendable {
  private var encoder: any SegmentationEncoder
  private let vocabulary: Vocabulary
  /// Whether lines can begin with a tag, as on the source side.
  private let readsTags: Bool
  private let preprocessing: Preprocessing

  init(_ segmentation: some Segmentation, readsTags: Bool, preprocessing: Preprocessing) {
    self.preprocessing = preprocessing
    (encoder, vocabulary) = (segmentation.makeEncoder(), segmentation.vocabulary)
    self.readsTags = readsTags && !vocabulary.tagIDs.isEmpty
  }

  /// The ids of a line, including its tag.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8, without a line end.
  ///   - tag: which tag the sentence has; only source sentences have one.
  /// - Returns: the sentence, without the end token; empty if there is no text, even if there is a tag.
  public mutating func encode(_ line: [UInt8], tag: LineTag = .own) -> EncodedSentence {
    let (id, text) = cut(line, tag)
    return encoder.encode(text).behind(id)
  }

  /// The ids of a line in a randomly drawn segmentation, for training.
  ///
  /// - Parameters:
  ///   - line: see ``encode(_:tag:)``.
  ///   - tag: see ``encode(_:tag:)``.
  ///   - dropout: how random the segmentation is, from 0 to 1; see
  ///     ``SegmentationEncoder/encode(_:dropout:using:)``.
  ///   - generator: the source of randomness.
  /// - Returns: see ``encode(_:tag:)``.
  public mutating func encode(
    _ line: [UInt8], tag: LineTag = .own, dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    let (id, text) = cut(line, tag)
    return encoder.encode(text, dropout: dropout, using: &generator).behind(id)
  }

  /// The ids of plain text, in which tags are not recognized.
  ///
  /// - Parameter text: UTF-8, without a line end.
  /// - Returns: the sentence, without the end token.
  public mutating func encode(text: [UInt8]) -> EncodedSentence {
    encoder.encode(preprocessing.prepared(text))
  }

  /// A line's tag and subwords in readable form, separated by spaces.
  ///
  /// Text that the vocabulary cannot spell is unchanged.
  public mutating func subwords(of line: [UInt8]) -> [UInt8] {
    let (tag, text) = cut(line, .own)
    let subwords = encoder.subwords(of: text)
    guard let tag else { return subwords }
    return Array(vocabulary[tag]) + (subwords.isEmpty ? [] : [UInt8(ascii: " ")] + subwords)
  }

  /// The tag of a line, and its text, prepared.
  private func cut(_ line: [UInt8], _ tag: LineTag) -> (tag: TokenID?, text: [UInt8]) {
    guard readsTags else { return (nil, preprocessing.prepared(line)) }
    let (id, text) = tag.cut(line, vocabulary)
    return (id, preprocessing.prepared(id == nil ? line : Array(text)))
  }
}
