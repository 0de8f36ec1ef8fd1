import CommandLineArguments
import Evaluation

/// The tokenizers of BLEU, with sacreBLEU's names.
enum TokenizerName: String, CaseIterable, ArgumentValue {
  case mteval13a = "13a"
  case none
  case chinese = "zh"
  case international = "intl"
  case character = "char"
  case flores101, flores200
  case spBLEU1K = "spBLEU-1K"
  case pieces = "spm"
  case japanese = "ja-mecab"
  case korean = "ko-mecab"

  /// Those that work; the others are known for the sake of their message.
  static var choices: [String]? { allCases.filter { !$0.needsMeCab }.map(\.rawValue) }
  static var expectation: String { "one of " + (choices ?? []).joined(separator: ", ") }

  /// Whether words are pieces of a SentencePiece model.
  var usesModel: Bool { [.flores101, .flores200, .spBLEU1K, .pieces].contains(self) }
  /// Whether words are those of MeCab's dictionaries.
  var needsMeCab: Bool { self == .japanese || self == .korean }
  /// The tokenizer of the library; nil for the others.
  var tokenization: BLEU.Tokenization? { BLEU.Tokenization(rawValue: rawValue) }
  /// The tokenizer for what is said about words, which pieces are not.
  var wordTokenization: BLEU.Tokenization { tokenization ?? .mteval13a }
}
