import Formatting
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
      row("words") { Readable.count($0.counts.tokens) },
      row("different") { Readable.count($0.counts.types) },
      row("characters") { Readable.count($0.counts.characters) },
      sideRow("merges") { pipeline.encoding($0).mergeCount },
      sideRow("vocabulary") { pipeline.vocabularySize($0) },
    ] + tags + sample(source, .source) + sample(target, .target)
  }

  private func row(_ title: String, _ value: (WordCounter) -> String) -> String {
    "\(padded(title))source \(value(source)), target \(value(target))"
  }

  private var tags: [String] {
    pipeline.tags.isEmpty ? [] : [padded("tags") + pipeline.tags.joined(separator: " ")]
  }

  private func sideRow(_ title: String, _ value: (TextPipeline.Side) -> Int) -> String {
    guard !pipeline.isJoint else { return "\(padded(title))\(Readable.count(value(.source))) (joint)" }
    return
      "\(padded(title))source \(Readable.count(value(.source))), target \(Readable.count(value(.target)))"
  }

  /// A line of the text and how it is segmented: the first line that shows a split word.
  private func sample(_ counter: WordCounter, _ side: TextPipeline.Side) -> [String] {
    var encoder = pipeline.makeEncoder(side)
    let pairs = counter.samples.filter { !$0.isEmpty }
      .map { line in (line: text(line), subwords: text(encoder.subwords(of: line))) }
    guard let pair = pairs.first(where: { $0.subwords.contains("@@ ") }) ?? pairs.first else { return [] }
    return [
      "\(padded(side.rawValue))\(cut(pair.line))",
      "\(padded("  becomes"))\(cut(pair.subwords))",
    ]
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func cut(_ text: String) -> String { text.count <= 160 ? text : text.prefix(159) + "…" }

  private func padded(_ title: String) -> String {
    title + String(repeating: " ", count: max(1, 12 - title.count))
  }
}
