import Evaluation
import EvaluationReports
import Files
import Reporting

/// Writes the page of `--report`, if it is wanted.
func writePage(
  of results: [[SystemResult]], _ segments: Segments, _ arguments: EvaluateTranslationArguments
) throws {
  guard let path = arguments.report.path else { return }
  let tokenization = arguments.metrics.tokenizer.wordTokenization
  let report = EvaluationReport(
    systems: segments.systems.map { .init(name: $0.name, lines: $0.lines) }, references: segments.references,
    sources: try sources(segments, arguments),
    metrics: zip(try arguments.chosenMetrics(), results).map { metric, results in
      .init(
        metric: metric, signature: results[0].signature.description,
        scores: results.map {
          .init(value: $0.score.value, halfWidth: $0.confidence?.halfWidth, pValue: $0.pValue)
        })
    }, tokenization: tokenization, trainingWords: try trainingWords(segments, arguments))
  try report.write(to: path)
}

private func sources(_ segments: Segments, _ arguments: EvaluateTranslationArguments) throws -> [[UInt8]]? {
  guard let path = arguments.report.sourceText else { return nil }
  let text = try InputText(path: path)
  guard let lines = segments.arranged(text.trimmedLines) else {
    throw EvaluationInputError.lineCounts(
      path: text.name, count: text.count, reference: arguments.files.references[0],
      referenceCount: segments.references.segments.count)
  }
  return lines
}

/// How often the words of references and translations occur in the training text.
private func trainingWords(_ segments: Segments, _ arguments: EvaluateTranslationArguments) throws
  -> WordCounts?
{
  guard !arguments.report.trainTexts.isEmpty else { return nil }
  let tokenizer = BLEU(tokenization: arguments.metrics.tokenizer.wordTokenization)
  var words: Set<[UInt8]> = []
  for line in segments.references.segments.map({ $0[0] }) + segments.systems.flatMap(\.lines) {
    words.formUnion(tokenizer.words(of: line))
  }
  var counts = WordCounts(of: words)
  for path in arguments.report.trainTexts {
    let reader = try LineReader(path: path)
    let bar = ProgressBar("\(path): line", total: nil)
    defer { bar.finish() }
    while var line = try reader.next() {
      repairUTF8(&line)
      counts.add(tokenizer.words(of: segments.isComposed ? composed([line])[0] : line))
      bar.update(reader.lineNumber, "")
    }
  }
  return counts
}
