import CommandLineArguments
import Evaluation
import Formatting

/// Which metrics to compute, and how.
struct MetricOptionGroup: OptionGroup {
  enum MetricName: String, CaseIterable, ArgumentValue {
    case bleu, chrf, ter
    case chrfPlusPlus = "chrf++"
  }

  enum SmoothingName: String, CaseIterable, ArgumentValue {
    case exponential = "exp"
    case floor
    case add = "add-k"
    case none
  }

  var names: [MetricName] = [.bleu, .chrf, .ter]
  var tokenizer = TokenizerName.mteval13a
  var tokenizerModel = ""
  var isLowercased = false
  var smoothing = SmoothingName.exponential
  var smoothingValue: Double?

  static let title = "Metrics"
  static let options: [Option<Self>] = [
    Option("--metrics", short: "m", "name,...", "metrics to compute", \.names, list: .commaSeparated),
    Option("--tokenize", "name", "tokenizer of BLEU", \.tokenizer),
    Option(
      "--tokenizer-model", "file",
      "SentencePiece model of the tokenizers flores101, flores200, spBLEU-1K and spm",
      \.tokenizerModel),
    Option("--lowercase", "ignore case in BLEU and chrF (TER does by default)", \.isLowercased),
    Option("--smooth", short: "s", "name", "smoothing of BLEU's n-gram precisions", \.smoothing),
    Option(
      "--smooth-value", "number", "smoothing constant (default: 0.1 for floor, 1 for add-k)",
      \.smoothingValue, limit: .above(0, atMost: 1_000_000)
    ).only(with: \.smoothing, .floor, .add),
  ]

  /// The names, each once.
  var distinctNames: [MetricName] {
    var seen: Set<MetricName> = []
    return names.filter { seen.insert($0).inserted }
  }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if tokenizer.needsMeCab {
      throw .conflict(
        "'--tokenize \(tokenizer.rawValue)' needs MeCab's dictionaries, which are not part of this program; use "
          + "'--tokenize flores200' with its model, or '--tokenize char'; or segment both texts by MeCab and use "
          + "'--tokenize none'")
    }
    if tokenizer.usesModel, tokenizerModel.isEmpty {
      throw .conflict(
        "'--tokenize \(tokenizer.rawValue)' needs '--tokenizer-model', a SentencePiece model, which is not part of this "
          + "program; the manual page says where the published ones are")
    }
    if !tokenizer.usesModel, !tokenizerModel.isEmpty {
      throw .conflict(
        "'--tokenizer-model' has no effect with '--tokenize \(tokenizer.rawValue)'; it needs flores101, flores200, "
          + "spBLEU-1K or spm")
    }
  }

  /// BLEU as the options say.
  ///
  /// - Throws: `VocabularyError` if the tokenizer's model cannot be read.
  func bleu() throws -> BLEU {
    var bleu = BLEU(
      tokenization: tokenizer.tokenization ?? .none, isLowercased: isLowercased, smoothing: bleuSmoothing)
    if tokenizer.usesModel {
      bleu.pieces =
        tokenizer == .pieces
        ? try PieceTokenizer(path: tokenizerModel)
        : try PieceTokenizer(path: tokenizerModel, name: tokenizer.rawValue)
    }
    return bleu
  }

  private var bleuSmoothing: BLEU.Smoothing {
    switch smoothing {
    case .exponential: .exponential
    case .floor: .floor(smoothingValue ?? 0.1)
    case .add: .add(smoothingValue ?? 1)
    case .none: .none
    }
  }
}
