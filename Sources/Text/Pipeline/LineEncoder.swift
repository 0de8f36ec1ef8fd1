import Tokens

/// Turns the lines of one side into token ids and remembers the words it met: one for each thread.
public struct LineEncoder: Sendable {
  private var encoder: any SegmentationEncoder
  private let vocabulary: Vocabulary
  /// Whether lines can begin with a tag: on the source side.
  private let readsTags: Bool

  init(_ segmentation: some Segmentation, readsTags: Bool) {
    (encoder, vocabulary) = (segmentation.makeEncoder(), segmentation.vocabulary)
    self.readsTags = readsTags && !vocabulary.tagIDs.isEmpty
  }

  /// The ids of a line, those of its tag included.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8, without a line end.
  ///   - tag: which tag the sentence has; only source sentences have one.
  /// - Returns: the sentence, without the end token; nothing where there is no text, with or without a tag.
  public mutating func encode(_ line: [UInt8], tag: LineTag = .own) -> EncodedSentence {
    let (id, text) = cut(line, tag)
    return encoder.encode(text).behind(id)
  }

  /// The ids of a line in a segmentation that is drawn at random, for training.
  ///
  /// - Parameters:
  ///   - line: as for ``encode(_:tag:)``.
  ///   - tag: as for ``encode(_:tag:)``.
  ///   - dropout: how random the segmentation is, from 0 to 1; see
  ///     ``SegmentationEncoder/encode(_:dropout:using:)``.
  ///   - generator: where chance comes from.
  /// - Returns: as ``encode(_:tag:)``.
  public mutating func encode(
    _ line: [UInt8], tag: LineTag = .own, dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    let (id, text) = cut(line, tag)
    return encoder.encode(text, dropout: dropout, using: &generator).behind(id)
  }

  /// The ids of plain text, in which no tag is looked for.
  ///
  /// - Parameter text: UTF-8, without a line end.
  /// - Returns: the sentence, without the end token.
  public mutating func encode(text: [UInt8]) -> EncodedSentence { encoder.encode(text) }

  /// A line as a person reads its segmentation, behind its tag: tokens separated by spaces.
  ///
  /// Text that the vocabulary cannot spell is left as it is.
  public mutating func subwords(of line: [UInt8]) -> [UInt8] {
    let (tag, text) = cut(line, .own)
    let subwords = encoder.subwords(of: text)
    guard let tag else { return subwords }
    return Array(vocabulary[tag]) + (subwords.isEmpty ? [] : [UInt8(ascii: " ")] + subwords)
  }

  private func cut(_ line: [UInt8], _ tag: LineTag) -> (tag: TokenID?, text: [UInt8]) {
    guard readsTags else { return (nil, line) }
    let (id, text) = tag.cut(line, vocabulary)
    return (id, id == nil ? line : Array(text))
  }
}
