internal import Tensors

/// How self-attention accounts for the positions of its queries and keys.
///
/// A row's position is its index in its span, from 0. Cross-attention has no positions: its queries and keys belong to
/// different sentences.
public enum AttentionPositions: Sendable {
  /// Not at all: the rows themselves carry their positions.
  case none
  /// Queries and keys are turned by angles that grow with their positions.
  case rotary(RotaryEmbedding)
  /// Scores fall with the distance between query and key.
  case distanceBias(DistanceBias)

  /// How much the score of each head falls per position of distance; nil if scores ignore the distance.
  var slopes: [Float]? {
    if case .distanceBias(let bias) = self { bias.slopes } else { nil }
  }

  /// Whether attention does nothing about positions.
  var isNone: Bool {
    if case .none = self { true } else { false }
  }
}

extension Tape {
  /// Turns the queries and keys of self-attention, in place, if its positions are rotary.
  ///
  /// - Parameters:
  ///   - projected: queries, keys and values side by side, shape `[rows, 3 · size]`.
  ///   - positions: how self-attention accounts for them.
  ///   - rows: each row's position, from 0.
  func rotate(_ projected: Tensor, by positions: AttentionPositions, _ rows: () -> [Int32]) {
    guard case .rotary(let rotary) = positions else { return }
    _ = rotate(projected, columns: projected.shape.columns / 3 * 2, positions: rows(), by: rotary)
  }
}
