/// Attention of several sentences by layer and head, of which a reader chooses one at a time.
///
/// The numbers are in the page as letters, one for each, and a script draws what is chosen. Without scripts, the
/// letters can be read.
package struct AttentionBrowser: Sendable {
  /// Attention of one sentence.
  package struct Sentence: Sendable {
    /// Its name in the list, such as its source text.
    package var name: String
    /// What is attended to, and what attends.
    package var columns, rows: [String]
    /// Numbers from 0 to 1; shape `[layers][heads][rows * columns]`, row by row.
    package var weights: [[[Float]]]

    /// Attention of one sentence.
    ///
    /// - Parameters:
    ///   - name: its name in the list, such as its source text.
    ///   - columns: what is attended to, such as source tokens.
    ///   - rows: what attends, such as target tokens.
    ///   - weights: numbers from 0 to 1 for each layer and head, row by row.
    /// - Precondition: each head has a number for each row and column.
    package init(_ name: String, columns: [String], rows: [String], weights: [[[Float]]]) {
      precondition(
        weights.allSatisfy { $0.allSatisfy { $0.count == rows.count * columns.count } },
        "AttentionBrowser: a head does not have \(rows.count) × \(columns.count) weights")
      (self.name, self.columns, self.rows, self.weights) = (name, columns, rows, weights)
    }
  }

  /// What is shown, such as "Attention of the decoder to the source".
  package var title: String
  /// A sentence on what can be seen.
  package var summary: String
  /// What rows and columns are.
  package var rowTitle, columnTitle: String
  /// The sentences.
  package var sentences: [Sentence]

  /// Attention of several sentences.
  ///
  /// - Parameters:
  ///   - title: what is shown.
  ///   - summary: a sentence on what can be seen.
  ///   - rowTitle: what attends.
  ///   - columnTitle: what is attended to.
  ///   - sentences: the sentences.
  package init(
    _ title: String, summary: String = "", rowTitle: String = "Translation", columnTitle: String = "Source",
    sentences: [Sentence]
  ) {
    (self.title, self.summary, self.sentences) = (title, summary, sentences)
    (self.rowTitle, self.columnTitle) = (rowTitle, columnTitle)
  }

  /// The figure as a piece of a page.
  package var figure: HTML {
    .element(
      "figure",
      ["class": "attention", "data-title": title, "data-rows": rowTitle, "data-columns": columnTitle],
      .element(
        "figcaption", [:], .element("strong", [:], .text(title)),
        summary.isEmpty ? .empty : .element("span", [:], .text(summary))),
      .element(
        "details", ["class": "letters"], .element("summary", [:], .text("All numbers: \(title)")),
        .element("p", ["class": "note"], .text(Self.explanation)),
        .sequence(sentences.map(Self.letters))))
  }

  private static let explanation =
    "Each line is a row, each letter in it a column. The letters 0–9, A–Z, a–z stand for numbers from 0 to 1, in "
    + "this order."

  private static func letters(_ sentence: Sentence) -> HTML {
    let heads = sentence.weights.enumerated().flatMap { layer, heads in
      heads.enumerated().flatMap { head, weights -> [HTML] in
        let lines = stride(from: 0, to: weights.count, by: max(sentence.columns.count, 1)).map {
          packedLetters(weights[$0..<$0 + sentence.columns.count])
        }
        return [
          .element("p", [:], .text("Layer \(layer + 1), head \(head + 1)")),
          .element(
            "pre", ["data-layer": "\(layer + 1)", "data-head": "\(head + 1)"],
            .text(lines.joined(separator: "\n"))),
        ]
      }
    }
    return .element(
      "details", ["class": "sentence"], .element("summary", [:], .text(sentence.name)),
      tokens("Columns", "columns", sentence.columns), tokens("Rows", "rows", sentence.rows),
      scrollable("Letters: \(sentence.name)", .sequence(heads)))
  }

  private static func tokens(_ title: String, _ kind: String, _ tokens: [String]) -> HTML {
    .element("p", [:], .text(title + ":"))
      + .element("ol", ["class": kind], tokens.map { .element("li", [:], .text($0)) })
  }
}

/// Numbers from 0 to 1 as one letter each, of 62 that ascend: `0`–`9`, `A`–`Z`, `a`–`z`.
package func packedLetters(_ numbers: some Sequence<Float>) -> String {
  let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  return String(
    decoding: numbers.map { letters[$0.isFinite ? Int((max(0, min(1, $0)) * 61).rounded()) : 0] },
    as: UTF8.self)
}
