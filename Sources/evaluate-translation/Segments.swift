import Files
import Reporting

/// The lines of all files, which have equally many.
struct Segments {
  let systems: [(name: String, lines: [[UInt8]])]
  let references: [[[UInt8]]]

  init(_ arguments: EvaluateTranslationArguments) throws {
    references = try arguments.files.references.map(readLines)
    let (first, count) = (arguments.files.references[0], references[0].count)
    systems = try arguments.files.hypotheses.map { (displayName(of: $0), try readLines($0)) }
    guard count > 0 else { throw EvaluationInputError.noLines(path: displayName(of: first)) }
    let others = zip(arguments.files.references, references).map { (displayName(of: $0), $1) }
    for (name, lines) in systems + others where lines.count != count {
      throw EvaluationInputError.lineCounts(
        path: name, count: lines.count, reference: displayName(of: first), referenceCount: count)
    }
  }
}

private func displayName(of path: String) -> String { path == "-" ? "standard input" : path }

private func readLines(_ path: String) throws(FileError) -> [[UInt8]] {
  let reader = try LineReader(path: path)
  var lines: [[UInt8]] = []
  var repaired = 0
  while var line = try reader.next() {
    if repairUTF8(&line) { repaired += 1 }
    lines.append(line)
  }
  if repaired > 0 {
    Console.standardError.message(
      "evaluate-translation: warning: '\(reader.name)': \(repaired) of \(lines.count) lines are not valid UTF-8; "
        + "invalid bytes were replaced with U+FFFD")
  }
  return lines
}
