import Tensors
import Tokens

/// Which special tokens may be predicted; padding and beginning tokens never are, ordinary tokens always.
struct AllowedSpecials: Sendable, Equatable {
  let specialTokens: SpecialTokens
  var end: Bool
  var unknown: Bool

  /// The special tokens that may not be predicted, in ascending order.
  var forbidden: [TokenID] {
    specialTokens.ids.filter {
      !(end && $0 == specialTokens.end) && !(unknown && $0 == specialTokens.unknown)
    }
  }
}

extension Span where Element == Float {
  /// Calls `visit` with the score of every token above `limit` that is not forbidden, in order of ids; `visit` returns
  /// the limit from then on.
  ///
  /// - Parameters:
  ///   - limit: the initial limit.
  ///   - forbidden: tokens to skip, in ascending order.
  ///   - visit: receives a token and its score.
  func forEach(
    above limit: Float, except forbidden: [TokenID], _ visit: (_ token: Int, _ score: Float) -> Float
  ) {
    var (limit, start) = (limit, 0)
    for end in forbidden.map(Int.init) + [count] {
      forEach(above: limit, in: Swift.min(start, count)..<Swift.min(end, count)) { token, score in
        limit = visit(token, score)
        return limit
      }
      start = end + 1
    }
  }
}
