import Files

/// A text to translate.
struct FillJob: Sendable {
  /// The index of its unit.
  let unit: Int
  /// The index of its place in the unit.
  let place: Int
  let plan: SegmentPlan
}

/// A file with its translations.
public struct FilledDocument: Sendable, Equatable {
  /// The bytes of the file.
  public internal(set) var contents: [UInt8] = []
  /// The number of texts that were filled in.
  public internal(set) var filledCount = 0
  /// The number of texts that could not be, because a translation was empty or the file's encoding lacks a character.
  public internal(set) var leftCount = 0
}

/// Translates texts, each line only once.
///
/// A text without words, such as a number, is its own translation.
///
/// - Returns: for each job its translation; nil if there is none.
func translated(_ jobs: [FillJob], by translate: ([String]) throws -> [String]) throws -> [TaggedText?] {
  var results = [TaggedText?](repeating: nil, count: jobs.count)
  for (index, job) in jobs.enumerated() where !job.plan.hasWords { results[index] = job.plan.source }
  var open = jobs.indices.filter { results[$0] == nil }
  for attempt in SegmentPlan.Attempt.allCases {
    let tried = open.filter { jobs[$0].plan.attempts.contains(attempt) }
    var (lines, known): ([String], Set<String>) = ([], [])
    for line in tried.flatMap({ jobs[$0].plan.lines(attempt) }) where known.insert(line).inserted {
      lines.append(line)
    }
    guard !lines.isEmpty else { continue }
    let translations = try translate(lines)
    precondition(
      translations.count == lines.count, "\(translations.count) translations of \(lines.count) lines")
    let table = Dictionary(zip(lines, translations)) { first, _ in first }
    for index in tried {
      let plan = jobs[index].plan
      results[index] = plan.result(attempt, plan.lines(attempt).map { table[$0] ?? "" })
    }
    open.removeAll { results[$0] != nil }
  }
  return results
}

/// The text with its changes, in the order of their places; those at one place in their order.
func applying(_ edits: [Edit], to text: [UInt8], path: String) throws(FileError) -> [UInt8] {
  var result: [UInt8] = []
  var position = 0
  let order = edits.indices.sorted { (edits[$0].range.lowerBound, $0) < (edits[$1].range.lowerBound, $1) }
  for edit in order.map({ edits[$0] }) {
    guard edit.range.lowerBound >= position, edit.range.upperBound <= text.count else {
      throw .invalidFormat(
        path: path, place: "byte \(edit.range.lowerBound)", found: "units that overlap",
        expected: "separate ones", hint: "")
    }
    result += text[position..<edit.range.lowerBound] + edit.replacement
    position = edit.range.upperBound
  }
  return result + text[position...]
}
