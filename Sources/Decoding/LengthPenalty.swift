import Glibc

/// The divisor of a hypothesis's log-probability, so that long and short translations can be compared.
///
/// Without it, a beam prefers short translations, because every further token lowers the sum.
public enum LengthPenalty: Sendable, Equatable {
  /// 1: compares log-probabilities.
  case none
  /// `((5 + length) / 6)^alpha`; 0.6 is the usual alpha.
  ///
  /// Source: Wu et al. 2016, "Google's Neural Machine Translation System", equation 14.
  case gnmt(alpha: Double)
  /// `length^alpha`; with alpha 1, compares mean log-probabilities per prediction.
  case normalized(alpha: Double)

  /// The divisor for a hypothesis of `length` predictions, including `</s>`.
  ///
  /// - Returns: for alpha ≥ 0 and length ≥ 1, a number of at least 1 that does not decrease with the length.
  public func divisor(length: Int) -> Double {
    switch self {
    case .none: 1
    case .gnmt(let alpha): pow((5 + Double(length)) / 6, alpha)
    case .normalized(let alpha): pow(Double(length), alpha)
    }
  }

  /// The exponent; 0 if there is none.
  var alpha: Double {
    switch self {
    case .none: 0
    case .gnmt(let alpha), .normalized(let alpha): alpha
    }
  }
}
