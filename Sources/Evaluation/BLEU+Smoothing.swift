extension BLEU {
  /// A replacement for precisions of zero.
  ///
  /// Source: Chen and Cherry 2014, "A Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU".
  public enum Smoothing: Sendable, Equatable, CustomStringConvertible {
    /// No smoothing: an order without matches makes the score 0.
    case none
    /// Uses this number of matches instead of 0; 0.1 in the paper, method 1.
    case floor(Double)
    /// Adds this to matches and totals of all orders above 1; 1 in the paper, method 2.
    case add(Double)
    /// Uses 1/2, 1/4, 1/8, … matches for the first, second, third, … order without any; method 3, also NIST's.
    case exponential

    /// The name in a signature.
    public var description: String {
      switch self {
      case .none: "none"
      case .floor(let value): "floor[\(fixed(value, 2))]"
      case .add(let value): "add-k[\(fixed(value, 2))]"
      case .exponential: "exp"
      }
    }

    var addend: Double {
      guard case .add(let value) = self else { return 0 }
      return value
    }

    /// The number of matches to use for an order that has none; `divisor` is 2 for the first such order, then doubles.
    func numerator(divisor: Double) -> Double {
      switch self {
      case .none, .add: 0
      case .floor(let value): value
      case .exponential: 1 / divisor
      }
    }
  }
}
