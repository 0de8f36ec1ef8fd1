import CommandLineArguments
import Evaluation

/// The settings of TER, with the names of sacreBLEU's options.
struct TEROptionGroup: OptionGroup {
  var isNormalized = false
  var removesPunctuation = false
  var supportsAsianText = false
  var isCaseSensitive = false

  static let title = "TER"
  static let options: [Option<Self>] = [
    Option("--ter-normalized", "separate punctuation from words and resolve XML escapes", \.isNormalized),
    Option("--ter-no-punct", "remove punctuation", \.removesPunctuation),
    Option(
      "--ter-asian-support",
      "split Chinese and Japanese text into characters with --ter-normalized, and remove its punctuation with "
        + "--ter-no-punct", \.supportsAsianText),
    Option("--ter-case-sensitive", "do not ignore case", \.isCaseSensitive),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if supportsAsianText, !isNormalized, !removesPunctuation {
      throw .conflict("'--ter-asian-support' needs '--ter-normalized' or '--ter-no-punct'")
    }
  }

  /// TER as the options say.
  var metric: TER {
    TER(
      isCaseSensitive: isCaseSensitive, isNormalized: isNormalized, removesPunctuation: removesPunctuation,
      supportsAsianText: supportsAsianText)
  }
}
