import Formatting

/// The score of a corpus or a sentence.
public struct Score: Sendable, Equatable {
  /// The metric's name with the variant: "BLEU", "chrF2++", "TER".
  public let name: String
  /// 0 to 100 for BLEU and chrF, where higher is better; 0 or more for TER, where lower is better.
  public let value: Double
  /// The numbers behind the value.
  public let details: Details
  /// The settings used.
  public let signature: Signature

  /// The numbers behind a value.
  public enum Details: Sendable, Equatable {
    /// Precisions, lengths and counts of BLEU.
    case bleu(BLEU.Details)
    /// chrF has no further numbers.
    case chrF
    /// Edits over the corpus, including shifts, and the average length of the references.
    case ter(edits: Int, referenceLength: Double)
  }
}

extension Score: CustomStringConvertible {
  /// The score in one line, in sacreBLEU's format: `BLEU|signature = 34.12 67.1/… (BP = …)`.
  public var description: String { "\(name)|\(signature) = \(shortDescription)" }

  /// The value with two decimals and its details.
  public var shortDescription: String { shortDescription(decimals: 2) }

  /// The value with the given number of decimals, and its details.
  public func shortDescription(decimals: Int) -> String {
    let number = fixed(value, decimals)
    guard case .bleu(let details) = details else { return number }
    return "\(number) \(details)"
  }
}

/// A number with the given number of decimals, rounded to nearest, ties to even.
func fixed(_ number: Double, _ decimals: Int) -> String {
  Readable.decimal(number, decimals, rounding: .toNearestOrEven)
}
