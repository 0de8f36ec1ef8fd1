internal import Machine

/// Words that are never split, such as product names, placeholders and addresses.
///
/// They are named by regular expressions in ICU's syntax, each of which matches whole words, and by a list. A word is
/// compared without the tokenizer's marks, so `￭{name}` is protected if `{name}` is.
///
/// Several threads can use it concurrently.
public struct ProtectedWords: Sendable {
  /// Compiled patterns, which serve one caller at a time; nil if there are none.
  private let patterns: Pool<[ICUPattern]>?
  private let words: ByteStringTable
  /// The different lengths of the listed words in bytes, the greatest first.
  private let lengths: [Int]

  /// No words.
  public init() { self.init(patterns: []) }

  /// The words that match one of the patterns, and those of a list.
  ///
  /// - Parameters:
  ///   - patterns: regular expressions; see ``problem(ofPattern:)``.
  ///   - words: the list, as UTF-8 in the form in which words reach the tokenizer, such as in lower case.
  ///   - ignoresCase: whether upper and lower case are equal in patterns.
  /// - Precondition: every pattern is valid.
  package init(patterns: [String], words: [[UInt8]] = [], ignoresCase: Bool = false) {
    for pattern in patterns {
      if let problem = Self.problem(ofPattern: pattern) { preconditionFailure("'\(pattern)': \(problem)") }
    }
    self.patterns =
      patterns.isEmpty
      ? nil : Pool { patterns.compactMap { try? ICUPattern($0, ignoresCase: ignoresCase) } }
    var table = ByteStringTable()
    for word in words where !word.isEmpty { _ = table.insert(word.span) }
    self.words = table
    lengths = Set(words.map(\.count)).subtracting([0]).sorted(by: >)
  }

  /// Why a regular expression cannot name protected words; nil if it can.
  public static func problem(ofPattern pattern: String) -> String? {
    if pattern.isEmpty { return "the pattern is empty" }
    do throws(ICUPattern.Problem) {
      let pattern = try ICUPattern(pattern, ignoresCase: false)
      return pattern.matchesWhole([UInt8]().span) ? "the pattern matches the empty text" : nil
    } catch {
      return "not a regular expression of ICU: \(error)"
    }
  }

  /// Whether there are none.
  var isEmpty: Bool { patterns == nil && lengths.isEmpty }

  /// Whether a word is protected; tokenizer's marks around it are ignored.
  package func contains(_ word: Span<UInt8>) -> Bool {
    guard !isEmpty else { return false }
    let text = textOfToken(word)
    if words.find(text.span) != nil { return true }
    return patterns?.withElement { $0.contains { $0.matchesWhole(text.span) } } ?? false
  }

  /// The protected words of a line, in order, without overlaps; among several that begin at one place, the longest.
  ///
  /// A word begins and ends where segments do, so that protecting `cat` does not split `concatenate`.
  ///
  /// - Parameters:
  ///   - line: text that is not tokenized.
  ///   - segments: consecutive ranges that make up the line.
  /// - Returns: ranges of the line's bytes.
  func ranges(in line: borrowing Span<UInt8>, segments: [Range<Int>]) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    let (starts, ends) = (Set(segments.map(\.lowerBound)), Set(segments.map(\.upperBound)))
    var found: [Range<Int>] = []
    if let patterns {
      patterns.withElement { patterns in
        for pattern in patterns { found += pattern.ranges(in: line) }
      }
      found.removeAll { !starts.contains($0.lowerBound) || !ends.contains($0.upperBound) }
    }
    for segment in segments {
      let start = segment.lowerBound
      let length = lengths.first { length in
        ends.contains(start + length) && words.find(line.extracting(start..<start + length)) != nil
      }
      if let length { found.append(start..<start + length) }
    }
    found.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
    var result: [Range<Int>] = []
    for range in found where range.lowerBound >= result.last?.upperBound ?? 0 { result.append(range) }
    return result
  }
}

/// The text of a token, without joiners, and with characters instead of their numbers.
private func textOfToken(_ token: Span<UInt8>) -> [UInt8] {
  var text: [UInt8] = []
  text.reserveCapacity(token.count)
  var position = 0
  while position < token.count {
    let scalar = decodeScalar(token, at: position)
    let next = position + scalar.length
    if scalar.value == Mark.escape, let escaped = decodeEscape(token, at: next) {
      text.appendUTF8(escaped.value)
      position = next + escaped.length
      continue
    }
    let isJoiner = scalar.value == Mark.joiner && (position == 0 || next == token.count)
    if !isJoiner { text.append(token.extracting(position..<next)) }
    position = next
  }
  return text
}
