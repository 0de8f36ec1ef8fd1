import Reporting
import Text

/// What a person wants to see of a new vocabulary.
struct BuildReport {
  let pipeline: TextPipeline
  let source: WordCounter
  let target: WordCounter

  /// The report line by line.
  var lines: [String] {
    [
      row("lines") { Readable.count($0.lines) },
      row("tokens") { Readable.count($0.counts.tokens) },
      row("types") { Readable.count($0.counts.types) },
      row("characters") { Readable.count($0.counts.characters) },
      sideRow("merges") { pipeline.encoding($0).mergeCount },
      sideRow("vocabulary") { pipeline.vocabularySize($0) },
    ] + sample(source, .source) + sample(target, .target)
  }

  private func row(_ title: String, _ value: (WordCounter) -> String) -> String {
    "\(padded(title))source \(value(source)), target \(value(target))"
  }

  private func sideRow(_ title: String, _ value: (TextPipeline.Side) -> Int) -> String {
    guard !pipeline.isJoint else { return "\(padded(title))\(Readable.count(value(.source))) (joint)" }
    return
      "\(padded(title))source \(Readable.count(value(.source))), target \(Readable.count(value(.target)))"
  }

  /// A line of the text and how it is segmented.
  private func sample(_ counter: WordCounter, _ side: TextPipeline.Side) -> [String] {
    guard let line = counter.sample else { return [] }
    let subwords = String(decoding: pipeline.subwords(of: line, side: side), as: UTF8.self)
    return [
      "\(padded(side.rawValue))\(cut(String(decoding: line, as: UTF8.self)))",
      "\(padded("  becomes"))\(cut(subwords))",
    ]
  }

  private func cut(_ text: String) -> String { text.count <= 160 ? text : text.prefix(159) + "…" }

  private func padded(_ title: String) -> String {
    title + String(repeating: " ", count: max(1, 12 - title.count))
  }
}
