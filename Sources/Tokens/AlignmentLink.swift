/// A link between a token of a sentence and a token of its translation, both counted from 0.
///
/// Depending on the context, tokens are words or subwords.
public struct AlignmentLink: Sendable, Hashable, BitwiseCopyable {
  /// The token of the source sentence.
  public var source: UInt16
  /// The token of the target sentence.
  public var target: UInt16

  /// A link of two tokens.
  public init(source: UInt16, target: UInt16) { (self.source, self.target) = (source, target) }
}
