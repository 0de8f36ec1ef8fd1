internal import Tensors

/// The angles by which rotary positions turn queries and keys.
///
/// Pairs of columns of a head are points in a plane. Turned by an angle that grows with the position, the product of a
/// query and a key depends on the distance between them alone.
///
/// Source: Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding", section 3.2.
public struct RotaryEmbedding: Sendable {
  /// Positions that it has angles for, from 0.
  public let positions: Int
  /// Columns of an attention head, an even number.
  public let headSize: Int
  /// Whether a pair is a column of a head's first half and one of its second; else two neighbors, as in the paper.
  public let pairsHalves: Bool
  let cosines: [Float]
  let sines: [Float]

  /// The angles of so many positions.
  ///
  /// - Parameters:
  ///   - positions: how many, from 0.
  ///   - headSize: columns of an attention head.
  ///   - pairsHalves: which columns are a pair, see ``pairsHalves``.
  /// - Precondition: `headSize` is even.
  public init(positions: Int, headSize: Int, pairsHalves: Bool = false) {
    precondition(headSize > 0 && headSize % 2 == 0, "RotaryEmbedding: head size \(headSize) is not even")
    (self.positions, self.headSize, self.pairsHalves) = (positions, headSize, pairsHalves)
    (cosines, sines) = rotaryAngles(positions, headSize: headSize)
  }
}
