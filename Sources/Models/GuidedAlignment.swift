internal import Autodiff
internal import Tokens

/// How attention over the source is taught to look at the words that a word translates, beside translating.
///
/// The loss of ``AttentionGuide`` is added for each target token that is linked to the source: the row that predicts
/// the token is the one that is to look.
///
/// Source: Chen et al. 2016, "Guided Alignment Training for Topic-Aware Neural Machine Translation"; Garg et al. 2019,
/// "Jointly Learning to Align and Translate with Transformer Models".
public struct GuidedAlignment: Sendable, Equatable {
  /// What the loss is multiplied by before it is added.
  public var weight: Float = 0.1
  /// The decoder's layer that is taught, from 1; nil: the last but one, or the only one.
  public var layer: Int?
  /// The first heads of it, whose mean is taught; the others stay free.
  public var heads = 1

  /// One head of the last layer but one, as in Garg et al., with Marian's weight.
  public init() {}

  /// The index of the layer in a decoder of so many.
  func layerIndex(of count: Int) -> Int { layer.map { $0 - 1 } ?? max(0, count - 2) }

  /// The guide for a batch.
  ///
  /// - Parameters:
  ///   - alignments: links of each pair's tokens.
  ///   - passes: how often all pairs stand in the batch, one time after another; the loss is the mean of them.
  /// - Returns: what attention over the source is compared by.
  func guide(_ alignments: [[AlignmentLink]], passes: Int) -> AttentionGuide {
    let links = alignments.map { $0.map { AttentionGuide.Link(query: Int($0.target), key: Int($0.source)) } }
    return AttentionGuide(
      links: Array(repeatElement(links, count: passes).joined()), heads: heads, weight: weight / Float(passes)
    )
  }
}
