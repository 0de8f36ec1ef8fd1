import Evaluation
import Files
import Reporting

/// The lines of all files, which have equally many.
struct Segments {
  let systems: [(name: String, lines: [[UInt8]])]
  let references: SegmentReferences
  /// Whether all texts were composed to NFC, though some were not in it.
  let isComposed: Bool

  init(_ arguments: EvaluateTranslationArguments) throws {
    let files = arguments.files
    let sets = try files.references.map(readLines)
    let systems = try files.hypotheses.map { (name: displayName(of: $0), lines: try readLines($0)) }
    let (first, count) = (displayName(of: files.references[0]), sets[0].count)
    guard count > 0 else { throw EvaluationInputError.noLines(path: first) }
    let others = zip(files.references, sets).map { (displayName(of: $0), $1) }
    for (name, lines) in systems.map({ ($0.name, $0.lines) }) + others where lines.count != count {
      throw EvaluationInputError.lineCounts(
        path: name, count: lines.count, reference: first, referenceCount: count)
    }
    hint(at: systems, sets, arguments)
    let references = SegmentReferences(sets: sets, skippingEmpty: files.skipsEmptyReferences)
    guard composes(systems, references, files.normalization) else {
      (self.systems, self.references, isComposed) = (systems, references, false)
      return
    }
    let composedSystems = systems.map { (name: $0.name, lines: composed($0.lines)) }
    let composedSets = sets.map(composed)
    isComposed =
      composedSets != sets || zip(systems, composedSystems).contains { $0.lines != $1.lines }
    self.systems = composedSystems
    self.references = SegmentReferences(sets: composedSets, skippingEmpty: files.skipsEmptyReferences)
  }
}

/// Whether to compare texts in NFC; if words differ only in their normal form, says so.
private func composes(
  _ systems: [(name: String, lines: [[UInt8]])], _ references: SegmentReferences,
  _ normalization: FileOptionGroup.Normalization
) -> Bool {
  if normalization == .nfc { return true }
  for (name, lines) in systems {
    let count = segmentsWithEquivalentWords(hypotheses: lines, references: references)
    guard count > 0 else { continue }
    let subject = count == 1 ? "1 segment has words" : "\(count) segments have words"
    say(
      "warning: '\(name)': \(subject) that look like those of the reference but have other code points; "
        + (normalization == .auto
          ? "all texts are compared in Unicode's normal form NFC (--normalization none leaves them as they are)"
          : "--normalization nfc compares them as equal"))
    if normalization == .auto { return true }
  }
  return false
}

/// Prints what suggests that texts are not as a metric expects them.
private func hint(
  at systems: [(name: String, lines: [[UInt8]])], _ references: [[[UInt8]]],
  _ arguments: EvaluateTranslationArguments
) {
  let tokenization = arguments.metrics.names.contains(.bleu) ? arguments.metrics.tokenization : nil
  var said: [TextHint] = []
  for (name, lines) in systems {
    let hints = TextHint.hints(
      hypotheses: lines, references: references.flatMap { $0 }, tokenization: tokenization)
    for hint in hints where !said.contains(hint) {
      said.append(hint)
      say("hint: '\(name)': \(hint)")
    }
  }
}

private func say(_ message: String) { Console.standardError.message("evaluate-translation: " + message) }

private func displayName(of path: String) -> String { path == "-" ? "standard input" : path }

/// The lines of a file, with invalid bytes replaced.
func readLines(_ path: String) throws(FileError) -> [[UInt8]] {
  let reader = try LineReader(path: path)
  var lines: [[UInt8]] = []
  var repaired = 0
  while var line = try reader.next() {
    if repairUTF8(&line) { repaired += 1 }
    lines.append(line)
  }
  if repaired > 0 {
    say(
      "warning: '\(reader.name)': \(repaired) of \(lines.count) lines are not valid UTF-8; "
        + "invalid bytes were replaced with U+FFFD")
  }
  return lines
}
