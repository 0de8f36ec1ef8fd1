/// Turns text into token ids, and may cache words; each thread needs its own.
///
/// It is called once per line, not once per word, so the cost of an existential call does not matter.
public protocol SegmentationEncoder: Sendable {
  /// The ids of plain text, in which nothing is a tag or a special token, whatever it spells.
  ///
  /// - Parameter text: one line as UTF-8; invalid bytes are allowed.
  /// - Returns: no special tokens except `<unk>`, each with its text.
  mutating func encode(_ text: [UInt8]) -> EncodedSentence

  /// The ids of plain text in a randomly drawn segmentation, for training.
  ///
  /// - Parameters:
  ///   - text: see ``encode(_:)``.
  ///   - dropout: how random the segmentation is, from 0 (equal to ``encode(_:)``) to 1; ignored by a segmentation that
  ///     has only one way to split text.
  ///   - generator: the source of randomness; the same state gives the same segmentation.
  /// - Returns: see ``encode(_:)``.
  mutating func encode(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence

  /// The tokens of a text in readable form, separated by spaces; unknown text is unchanged.
  mutating func subwords(of text: [UInt8]) -> [UInt8]
}
