import CommandLineArguments
import Formatting
import Translation

/// How sure translations are.
struct ConfidenceOptionGroup: OptionGroup {
  var confidence = false
  var flagBelow: Double?

  static let title = "Confidence"
  static let options: [Option<Self>] = [
    Option(
      "--confidence",
      "print the confidence from 0 to 1 before each translation: the share of its words that are probably right; the "
        + "model must be calibrated (calibrate-model); with --json, also of each word", \.confidence),
    Option(
      "--flag-below", "number",
      "name the lines whose confidence is lower, at the end, on standard error; with --json, they are \"flagged\"",
      \.flagBelow, limit: .between(0, 1)),
  ]

  /// Whether the model's confidence is needed.
  var isWanted: Bool { confidence || flagBelow != nil }
}
