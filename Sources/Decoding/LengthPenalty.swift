import Glibc

/// What a hypothesis' log-probability is divided by, so that long translations can stand beside short ones.
///
/// Without it a beam prefers short translations, since every further token lowers the sum.
public enum LengthPenalty: Sendable, Equatable {
  /// 1: hypotheses are compared by their log-probability.
  case none
  /// `((5 + length) / 6)^alpha`; 0.6 is the usual alpha.
  ///
  /// Source: Wu et al. 2016, "Google's Neural Machine Translation System", equation 14.
  case gnmt(alpha: Double)
  /// `length^alpha`; alpha 1 compares the average log-probability of a token.
  case normalized(alpha: Double)

  /// The divisor for a hypothesis of `length` predictions, `</s>` included.
  ///
  /// - Returns: for alpha ≥ 0 and length ≥ 1, at least 1 and never falling as the length grows.
  public func divisor(length: Int) -> Double {
    switch self {
    case .none: 1
    case .gnmt(let alpha): pow((5 + Double(length)) / 6, alpha)
    case .normalized(let alpha): pow(Double(length), alpha)
    }
  }

  /// The exponent; 0 where there is none.
  var alpha: Double {
    switch self {
    case .none: 0
    case .gnmt(let alpha), .normalized(let alpha): alpha
    }
  }
}
