import Formatting

/// What a metric says about a corpus or a sentence.
public struct Score: Sendable, Equatable {
  /// The metric's name with its variant: "BLEU", "chrF2++", "TER".
  public let name: String
  /// 0 to 100 for BLEU and chrF, where more is better; 0 and up for TER, where less is better.
  public let value: Double
  /// What the value is made of.
  public let details: Details
  /// The settings that made the value.
  public let signature: Signature

  /// The numbers behind a value.
  public enum Details: Sendable, Equatable {
    /// Precisions, lengths and counts of BLEU.
    case bleu(BLEU.Details)
    /// Character and word F-scores have no further numbers.
    case chrF
    /// Edits over the corpus, shifts included, and the average length of the references.
    case ter(edits: Int, referenceLength: Double)
  }
}

extension Score: CustomStringConvertible {
  /// The score in a line, as sacreBLEU writes it: `BLEU|signature = 34.12 67.1/… (BP = …)`.
  public var description: String { "\(name)|\(signature) = \(shortDescription)" }

  /// The value with two decimals and its details.
  public var shortDescription: String {
    let number = fixed(value, 2)
    guard case .bleu(let details) = details else { return number }
    return "\(number) \(details)"
  }
}

/// A number with so many decimals, rounded to the nearest, ties to even.
func fixed(_ number: Double, _ decimals: Int) -> String {
  Readable.decimal(number, decimals, rounding: .toNearestOrEven)
}
