import Formatting

/// How results are written, a line or more for each line of the source.
public enum ResultFormat: Sendable, Equatable {
  /// The translation.
  case plain
  /// Score, tab, translation; here and in the next, the score of a translation chosen by minimum risk is its expected utility.
  case scored
  /// Confidence from 0 to 1 with two decimals, tab, translation.
  case confident
  /// `line ||| translation ||| score` for each translation, with lines counted from 0: the format of Moses and Marian.
  ///
  /// There are exactly `count` lines for each result, because programs count on it: if a search found fewer translations,
  /// the last one is repeated.
  case nBest(count: Int)
  /// The same for each translation of a list that was given to be ranked, however many there are.
  case ranked
  /// `line ||| word ||| probability ||| translation` for each word at a place, with lines counted from 0.
  case words
  /// `translation ||| 0-0 1-2`: words of the source and of the translation, as Marian writes them.
  case aligned
  /// The same with all shares of source words in place of links: rows of the translation's words, separated by spaces,
  /// of shares separated by commas, as Marian writes soft alignments. The last row is not that of `</s>`.
  case softlyAligned
  /// A JSON object, marked if the confidence is below a number; see ``JSONResult``.
  case json(all: Bool, flagBelow: Double? = nil)

  /// The lines of a result, without line ends.
  public func lines(_ result: TranslationResult) -> [String] {
    switch self {
    case .plain: [result.text]
    case .scored: [fixed(result.alternatives.first?.rank ?? 0) + "\t" + result.text]
    case .confident: [Readable.decimal(result.alternatives.first?.confidence ?? 1, 2) + "\t" + result.text]
    case .nBest(let count): listed(padded(result.alternatives, to: count), of: result)
    case .words:
      result.alternatives.map {
        "\(result.lineNumber - 1) ||| \($0.word?.text ?? "") ||| \(fixed($0.word?.probability ?? 0)) ||| \($0.text)"
      }
    case .ranked: listed(result.alternatives, of: result)
    case .aligned: [result.text + " ||| " + (result.alternatives.first?.alignment?.pharaoh ?? "")]
    case .softlyAligned:
      [
        result.text + " ||| "
          + (result.alternatives.first?.alignment?.shares ?? [])
          .map { $0.map { fixed(Double($0)) }.joined(separator: ",") }.joined(separator: " ")
      ]
    case .json(let all, let least): [JSONResult(result, all: all, flagBelow: least).line]
    }
  }

  private func listed(_ alternatives: [TranslationResult.Alternative], of result: TranslationResult)
    -> [String]
  {
    alternatives.map { "\(result.lineNumber - 1) ||| \($0.text) ||| \(fixed($0.rank))" }
  }

  /// The first `count` translations; if there are fewer, the last one is repeated.
  private func padded(_ alternatives: [TranslationResult.Alternative], to count: Int)
    -> [TranslationResult.Alternative]
  {
    let first = alternatives.prefix(count)
    guard let last = first.last else { return [] }
    return first + Array(repeating: last, count: count - first.count)
  }

  /// Four decimals: what a score tells is in the first two.
  private func fixed(_ number: Double) -> String { Readable.decimal(number, 4) }
}

extension TranslationResult.Alternative {
  /// The number by which it was chosen.
  fileprivate var rank: Double { utility ?? score }
}
