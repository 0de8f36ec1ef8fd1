import Formatting

/// How results are written, a line or more for each line of the source.
public enum ResultFormat: Sendable, Equatable {
  /// The translation.
  case plain
  /// Score, tab, translation.
  case scored
  /// `line ||| translation ||| score` for each translation, with lines counted from 0: the format of Moses and Marian.
  case nBest
  /// A JSON object; see ``JSONResult``.
  case json(all: Bool)

  /// The lines of a result, without line ends.
  public func lines(_ result: TranslationResult) -> [String] {
    switch self {
    case .plain: [result.text]
    case .scored: [fixed(result.alternatives.first?.score ?? 0) + "\t" + result.text]
    case .nBest:
      result.alternatives.map { "\(result.lineNumber - 1) ||| \($0.text) ||| \(fixed($0.score))" }
    case .json(let all): [JSONResult(result, all: all).line]
    }
  }

  /// Four decimals: what a score tells is in the first two.
  private func fixed(_ number: Double) -> String { Readable.decimal(number, 4) }
}
