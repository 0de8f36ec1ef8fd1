import Tensors
package import Tokens

/// The tokens that may be predicted next; padding and beginning tokens never are.
package struct AllowedTokens: Sendable, Equatable {
  let specialTokens: SpecialTokens
  let unknown: Bool
  /// The tokens that may not be predicted, in ascending order.
  ///
  /// Stored, because searches ask for it at every step of every hypothesis.
  private(set) var forbidden: [TokenID]
  /// The only tokens that may be predicted, if they are not forbidden, in ascending order; nil for all.
  var only: [TokenID]?

  /// All ordinary tokens, and these special ones.
  package init(specialTokens: SpecialTokens, end: Bool, unknown: Bool) {
    (self.specialTokens, self.unknown) = (specialTokens, unknown)
    forbidden = specialTokens.ids.filter {
      !(end && $0 == specialTokens.end) && !(unknown && $0 == specialTokens.unknown)
    }
  }

  /// The same without some more.
  func without(_ tokens: [TokenID]) -> AllowedTokens {
    if tokens.isEmpty { return self }
    var result = self
    result.forbidden = Set(forbidden + tokens).sorted()
    return result
  }
}

extension Span where Element == Float {
  /// Calls `visit` with the score of every allowed token above `limit`, in order of ids; `visit` returns the limit from
  /// then on.
  ///
  /// - Parameters:
  ///   - limit: the initial limit.
  ///   - allowed: the tokens to visit.
  ///   - visit: receives a token and its score.
  func forEach(
    above limit: Float, of allowed: AllowedTokens, _ visit: (_ token: Int, _ score: Float) -> Float
  ) {
    guard let only = allowed.only else { return forEach(above: limit, except: allowed.forbidden, visit) }
    var limit = limit
    for token in only where self[Int(token)] > limit && !allowed.forbidden.contains(token) {
      limit = visit(Int(token), self[Int(token)])
    }
  }

  /// The same for all tokens but some, which are in ascending order.
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
