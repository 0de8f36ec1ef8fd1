internal import Tensors

/// The angles by which rotary positions turn queries and keys.
///
/// Pairs of columns of a head are points in a plane. When each is turned by an angle proportional to its position, the
/// product of a query and a key depends only on the distance between them. The angle of position p and pair i is
/// `p · 10000^(-2i / headSize)`.
///
/// Source: Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding", section 3.2, equation 15.
public struct RotaryEmbedding: Sendable {
  /// The number of positions, from 0.
  public let positions: Int
  /// Columns of an attention head, an even number.
  public let headSize: Int
  /// Whether column i of a head's first half is paired with column i of its second half; if false, neighbors are
  /// paired, as in the paper.
  public let pairsHalves: Bool
  /// Cosines of the angles, shape `[positions, headSize / 2]`.
  package let cosines: [Float]
  /// Sines of the angles, shape `[positions, headSize / 2]`.
  package let sines: [Float]

  /// Computes the angles of a number of positions.
  ///
  /// - Parameters:
  ///   - positions: how many, from 0.
  ///   - headSize: columns of an attention head.
  ///   - pairsHalves: which columns form a pair, see ``pairsHalves``.
  /// - Precondition: `headSize` is even.
  public init(positions: Int, headSize: Int, pairsHalves: Bool = false) {
    precondition(headSize > 0 && headSize % 2 == 0, "RotaryEmbedding: head size \(headSize) is not even")
    (self.positions, self.headSize, self.pairsHalves) = (positions, headSize, pairsHalves)
    let pairs = headSize / 2
    let frequencies = positionFrequencies(size: headSize)
    let angles = (0..<positions * pairs).map { Double($0 / pairs) * frequencies[$0 % pairs] }
    (cosines, sines) = (angles.map { Float(cosine($0)) }, angles.map { Float(sine($0)) })
  }
}
