import CommandLineArguments
import Evaluation
import Formatting

/// The settings of chrF, with the names of sacreBLEU's options.
struct ChrFOptionGroup: OptionGroup {
  var characterOrder = ChrF().characterOrder
  var wordOrder = ChrF().wordOrder
  var beta = ChrF().beta
  var isLowercased = false
  var countsWhitespace = false
  var smoothsByEpsilon = false

  static let title = "chrF"
  static let options: [Option<Self>] = [
    Option(
      "--chrf-char-order", "count", "longest n-grams of characters", \.characterOrder, limit: .between(1, 100)
    ),
    Option(
      "--chrf-word-order", "count", "longest n-grams of words; the metric chrf++ has 2", \.wordOrder,
      limit: .between(0, 100)),
    Option(
      "--chrf-beta", "number", "weight of recall relative to precision", \.beta, limit: .between(0, 1000)),
    Option("--chrf-lowercase", "ignore case in chrF", \.isLowercased),
    Option("--chrf-whitespace", "count whitespace as characters", \.countsWhitespace),
    Option(
      "--chrf-eps-smoothing", "average the F-scores of all orders, as chrF++.py, NLTK and Moses do",
      \.smoothsByEpsilon),
  ]

  /// chrF as the options say; with n-grams of up to the given number of words.
  func metric(wordOrder: Int? = nil, isLowercased: Bool) -> ChrF {
    ChrF(
      characterOrder: characterOrder, wordOrder: wordOrder ?? self.wordOrder, beta: beta,
      isLowercased: isLowercased || self.isLowercased, countsWhitespace: countsWhitespace,
      smoothsByEpsilon: smoothsByEpsilon)
  }
}
