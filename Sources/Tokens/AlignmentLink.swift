/// A token of a sentence and one of its translation that belong together, both counted from 0.
///
/// The tokens are words or subwords, as whatever holds the links documents.
public struct AlignmentLink: Sendable, Hashable, BitwiseCopyable {
  /// The token of the source sentence.
  public var source: UInt16
  /// The token of the target sentence.
  public var target: UInt16

  /// A link of two tokens.
  public init(source: UInt16, target: UInt16) { (self.source, self.target) = (source, target) }
}
