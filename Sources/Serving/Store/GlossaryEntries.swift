import Terminology

/// A term with its translation.
struct GlossaryEntry: Equatable {
  var term: String
  var translation: String
}

/// How a client writes terms.
enum EntriesFormat: String {
  /// A line for each, with a tab between term and translation.
  case tsv
  /// A line for each, with a comma; values in quotation marks may have commas, line ends and doubled quotation marks.
  ///
  /// Source: RFC 4180. Languages in a third and a fourth column are skipped.
  case csv
}

/// Why terms cannot be read.
struct GlossaryEntriesError: Error, Equatable, CustomStringConvertible {
  var line: Int
  var problem: String

  var description: String { "line \(line): \(problem)" }
}

extension [GlossaryEntry] {
  /// Reads terms.
  ///
  /// - Throws: ``GlossaryEntriesError`` for a line without two values, an empty value, one with control characters, or a term that
  ///   comes twice with different translations.
  init(_ text: String, format: EntriesFormat) throws(GlossaryEntriesError) {
    self = []
    var known: [String: String] = [:]
    for (line, values) in format == .tsv ? tabbedRows(text) : try commaRows(text) {
      func fail(_ problem: String) -> GlossaryEntriesError { .init(line: line, problem: problem) }
      guard values.count == 2 || (format == .csv && values.count == 4) else {
        throw fail("found \(values.count) values, expected a term and its translation")
      }
      let (term, translation) = (values[0].trimmingSpace, values[1].trimmingSpace)
      if term.isEmpty { throw fail("the term is empty") }
      if translation.isEmpty { throw fail("the translation of '\(term)' is empty") }
      guard
        !(term + translation).unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else {
        throw fail("'\(term)' or its translation has a control character")
      }
      if let other = known[term] {
        if other == translation { continue }
        throw fail("'\(term)' is translated as '\(translation)', and as '\(other)' before")
      }
      known[term] = translation
      append(GlossaryEntry(term: term, translation: translation))
    }
  }

  /// A line for each term, with a tab before its translation.
  var tsv: String { map { "\($0.term)\t\($0.translation)" }.joined(separator: "\n") }

  /// The glossary of these terms.
  var glossary: Glossary { Glossary(map { .init(source: $0.term, targets: [$0.translation]) }) }
}

/// The values of each line that is not blank, with its number.
private func tabbedRows(_ text: String) -> [(line: Int, values: [String])] {
  let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
  return lines.enumerated().compactMap { index, line in
    let text = String(line.last == "\r" ? line.dropLast() : line)
    let values = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    return values.allSatisfy { $0.trimmingSpace.isEmpty } ? nil : (index + 1, values)
  }
}

private func commaRows(_ text: String) throws(GlossaryEntriesError) -> [(line: Int, values: [String])] {
  var (rows, values, value): ([(line: Int, values: [String])], [String], String.UnicodeScalarView) = (
    [], [], .init()
  )
  var (line, start, isQuoted, wasQuoted) = (1, 1, false, false)
  func isBlank(_ values: [String]) -> Bool { values.allSatisfy { $0.trimmingSpace.isEmpty } }
  func endValue() {
    values.append(String(value))
    (value, wasQuoted) = (.init(), false)
  }
  func endRow() {
    endValue()
    if !isBlank(values) { rows.append((start, values)) }
    values = []
  }
  var rest = text.unicodeScalars[...]
  while let scalar = rest.popFirst() {
    if scalar == "\n" { line += 1 }
    switch scalar {
    case "\"" where isQuoted && rest.first == "\"":
      value.append("\"")
      rest.removeFirst()
    case "\"" where isQuoted: isQuoted = false
    case "\"" where !wasQuoted && String(value).allSatisfy(\.isWhitespace):
      (value, isQuoted, wasQuoted) = (.init(), true, true)
    case "," where !isQuoted: endValue()
    case "\r" where !isQuoted && rest.first == "\n": continue
    case "\n" where !isQuoted:
      endRow()
      start = line
    default: value.append(scalar)
    }
  }
  if isQuoted { throw .init(line: start, problem: "a quotation mark is not closed") }
  endRow()
  return rows
}
