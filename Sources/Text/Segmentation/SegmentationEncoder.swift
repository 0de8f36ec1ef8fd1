/// Turns text into token ids, and may remember the words that it meets: one for each thread.
///
/// It is called once per line, not once per word, so an existential call costs nothing that matters.
public protocol SegmentationEncoder: Sendable {
  /// The ids of plain text, in which nothing is a tag or a special token, whatever it spells.
  ///
  /// - Parameter text: one line as UTF-8; bytes that are not UTF-8 do no harm.
  /// - Returns: no special tokens but `<unk>`, each with its text.
  mutating func encode(_ text: [UInt8]) -> EncodedSentence

  /// The ids of plain text in a segmentation that is drawn at random, for training.
  ///
  /// - Parameters:
  ///   - text: as for ``encode(_:)``.
  ///   - dropout: how random it is, from 0 (as ``encode(_:)``) to 1; a segmentation that knows only one way to cut
  ///     text takes that one.
  ///   - generator: where chance comes from; the same state gives the same segmentation.
  /// - Returns: as ``encode(_:)``.
  mutating func encode(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence

  /// Text as a person reads its segmentation: tokens separated by spaces, unknown text as it is.
  mutating func subwords(of text: [UInt8]) -> [UInt8]
}
