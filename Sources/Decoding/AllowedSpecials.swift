import Tensors
import Tokens

/// Which special tokens may be predicted; padding and beginning tokens never are, ordinary tokens always.
struct AllowedSpecials: Sendable, Equatable {
  let specialTokens: SpecialTokens
  let end: Bool
  let unknown: Bool
  /// The special tokens that may not be predicted, in ascending order.
  ///
  /// Stored, because searches ask for it at every step of every hypothesis.
  let forbidden: [TokenID]

  init(specialTokens: SpecialTokens, end: Bool, unknown: Bool) {
    (self.specialTokens, self.end, self.unknown) = (specialTokens, end, unknown)
    forbidden = specialTokens.ids.filter {
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
    for index in 0...forbidden.count {
      let end = index < forbidden.count ? Int(forbidden[index]) : count
      forEach(above: limit, in: Swift.min(start, count)..<Swift.min(end, count)) { token, score in
        limit = visit(token, score)
        return limit
      }
      start = end + 1
    }
  }
}
