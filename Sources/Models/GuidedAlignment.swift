internal import Autodiff
internal import Tokens

/// Trains attention over the source to follow word alignments, in addition to translating.
///
/// The loss of ``AttentionGuide`` is added for each target token that is linked to the source: the row that predicts
/// the token is the one that is guided.
///
/// Source: Chen et al. 2016, "Guided Alignment Training for Topic-Aware Neural Machine Translation"; Garg et al. 2019,
/// "Jointly Learning to Align and Translate with Transformer Models".
public struct GuidedAlignment: Sendable, Equatable {
  /// The factor of the loss.
  public var weight: Float = 0.1
  /// The decoder layer that is guided, from 1; nil for the second to last, or the only one.
  public var layer: Int?
  /// How many of its first heads are guided, by their mean; the others are free.
  public var heads = 1

  /// One head of the second-to-last layer, as in Garg et al., with Marian's weight.
  public init() {}

  /// The index of the guided layer in a decoder of `count` layers.
  func layerIndex(of count: Int) -> Int { layer.map { $0 - 1 } ?? max(0, count - 2) }

  /// The heads that it teaches, in a decoder of `count` layers.
  public func alignmentHeads(layers count: Int) -> AlignmentHeads {
    AlignmentHeads(layer: layerIndex(of: count), heads: Array(0..<heads))
  }

  /// The guide for a batch.
  ///
  /// - Parameters:
  ///   - alignments: links of each pair's tokens.
  ///   - passes: how many times the batch repeats all pairs; the loss is the mean over them.
  /// - Returns: the guide for attention over the source.
  func guide(_ alignments: [[AlignmentLink]], passes: Int) -> AttentionGuide {
    let links = alignments.map { $0.map { AttentionGuide.Link(query: Int($0.target), key: Int($0.source)) } }
    return AttentionGuide(
      links: Array(repeatElement(links, count: passes).joined()), heads: heads, weight: weight / Float(passes)
    )
  }
}
