import Formatting
import Reporting
import Text

/// The report about a new vocabulary.
struct BuildReport {
  let pipeline: TextPipeline
  let source: WordCounter
  let target: WordCounter

  /// The lines of the report.
  var lines: [String] {
    [
      row("lines") { Readable.count($0.lines) },
      row("words") { Readable.count($0.counts.tokens) },
      row("different") { Readable.count($0.counts.types) },
      row("characters") { Readable.count($0.counts.characters) },
    ] + tooLong + learned + [sideRow("vocabulary") { pipeline.vocabularySize($0) }] + tags
      + spans + terms + sample(source, .source) + sample(target, .target)
  }

  private func row(_ title: String, _ value: (WordCounter) -> String) -> String {
    "\(padded(title))source \(value(source)), target \(value(target))"
  }

  /// Words and lines that are longer than the limits.
  private var tooLong: [String] {
    let count = { (counter: WordCounter) in
      "\(Readable.count(counter.tooLong.words)) words, \(Readable.count(counter.tooLong.lines)) lines"
    }
    guard source.hasLimits else { return [] }
    return [row("too long", count)]
  }

  private var learned: [String] {
    let (source, target) = (pipeline.learned(.source), pipeline.learned(.target))
    return zip(source, target).map { source, target in
      sideRow(source.name) { $0 == .source ? source.count : target.count }
    }
  }

  private var tags: [String] {
    pipeline.tags.isEmpty ? [] : [padded("tags") + pipeline.tags.joined(separator: " ")]
  }

  private var spans: [String] {
    let names = SpanTokens.names(pipeline.settings.marks.spans)
    guard let first = names.first, let last = names.last else { return [] }
    return [padded("for spans") + (names.count > 1 ? "\(first) to \(last)" : first)]
  }

  private var terms: [String] {
    pipeline.settings.marks.terms ? [padded("for terms") + TermMarks.names.joined(separator: " ")] : []
  }

  private func sideRow(_ title: String, _ value: (TextPipeline.Side) -> Int) -> String {
    guard !pipeline.isJoint else { return "\(padded(title))\(Readable.count(value(.source))) (joint)" }
    return
      "\(padded(title))source \(Readable.count(value(.source))), target \(Readable.count(value(.target)))"
  }

  /// An example line with its segmentation: the first one with a word that is split.
  private func sample(_ counter: WordCounter, _ side: TextPipeline.Side) -> [String] {
    let lines = counter.samples.filter { !$0.isEmpty }
    let isSplit = { pipeline.splitsWord(pipeline.encode($0, side: side), side: side) }
    guard let line = lines.first(where: isSplit) ?? lines.first else { return [] }
    return [
      "\(padded(side.rawValue))\(cut(text(line)))",
      "\(padded("  becomes"))\(cut(text(pipeline.subwords(of: line, side: side))))",
    ]
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private func cut(_ text: String) -> String { text.count <= 160 ? text : text.prefix(159) + "…" }

  private func padded(_ title: String) -> String {
    title + String(repeating: " ", count: max(1, 12 - title.count))
  }
}
