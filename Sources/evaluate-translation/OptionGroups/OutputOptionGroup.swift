import CommandLineArguments
import Formatting

/// What is printed, and how.
struct OutputOptionGroup: OptionGroup {
  enum Format: String, CaseIterable, ArgumentValue {
    case text, json, latex, markdown
  }

  private var chosenFormat = Format.text
  private var printsJSON = false
  var isSentenceLevel = false
  var isScoreOnly = false
  var hasShortSignatures = false
  var isQuiet = false
  var decimals = 2

  static let title = "Output"
  static let options: [Option<Self>] = [
    Option(
      "--format", short: "f", "name", "text, JSON, or a table in LaTeX (booktabs) or Markdown", \.chosenFormat
    ),
    Option("--json", "print JSON, like --format json", \.printsJSON).conflicts(with: \.chosenFormat),
    Option("--sentence-level", "print the scores of each segment, separated by tabs", \.isSentenceLevel),
    Option("--score-only", short: "b", "print nothing but scores", \.isScoreOnly),
    Option(
      "--short", "abbreviate the names of settings in signatures, as sacreBLEU does", \.hasShortSignatures),
    Option("--quiet", short: "q", "print no warnings and hints", \.isQuiet),
    Option(
      "--width", short: "w", "decimals", "decimals of printed scores; JSON has all of them", \.decimals,
      limit: .between(0, 10)),
  ]

  var format: Format { printsJSON ? .json : chosenFormat }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if format == .json, given.contains(\.decimals) {
      throw .conflict("'--width' has no effect on JSON, which has all decimals; leave one of them out")
    }
    if isScoreOnly, format != .text {
      throw .conflict("'--score-only' prints text; leave it or the other format out")
    }
    if isSentenceLevel, format == .latex || format == .markdown {
      throw .conflict("'--sentence-level' prints text or JSON, no table in LaTeX or Markdown")
    }
    if hasShortSignatures, format == .json || isSentenceLevel || isScoreOnly {
      throw .conflict("'--short' is for signatures in text and tables, and none is printed")
    }
  }
}
