internal import Machine

/// Finds the protected spans of lines.
///
/// A line is scanned once for the signs of spans, such as `%` or `<`; only what its signs announce is looked for, with
/// regular expressions. Lines without signs, nearly all, cost next to nothing.
///
/// Several threads can use a finder concurrently.
public struct SpanFinder: Sendable {
  /// Compiled patterns, which serve one caller at a time.
  private struct Patterns {
    var own: [ICUPattern]
    var ofKinds: [(kind: SpanKind, signs: SpanSigns, pattern: ICUPattern)]
  }

  private let patterns: Pool<Patterns>
  private let signs: SpanSigns
  private let hasOwn: Bool

  /// A finder.
  ///
  /// - Parameters:
  ///   - kinds: what to find.
  ///   - patterns: more patterns, regular expressions in ICU's syntax.
  /// - Precondition: every pattern is valid; see ``problem(ofPattern:)``.
  public init(kinds: Set<SpanKind> = SpanKind.standard, patterns: [String] = []) {
    for pattern in patterns {
      if let problem = Self.problem(ofPattern: pattern) { preconditionFailure("'\(pattern)': \(problem)") }
    }
    let wanted = SpanPattern.all.filter { kinds.contains($0.kind) }
    signs = wanted.reduce(into: []) { $0.formUnion($1.signs) }
    hasOwn = !patterns.isEmpty
    self.patterns = Pool {
      Patterns(
        own: patterns.compactMap { try? ICUPattern($0, ignoresCase: false) },
        ofKinds: wanted.compactMap { wanted in
          (try? ICUPattern(wanted.expression, ignoresCase: false)).map { (wanted.kind, wanted.signs, $0) }
        })
    }
  }

  /// Why a regular expression cannot name spans; nil if it can.
  public static func problem(ofPattern pattern: String) -> String? {
    ProtectedWords.problem(ofPattern: pattern)
  }

  /// The spans of a line.
  ///
  /// - Parameter line: UTF-8.
  /// - Returns: from left to right, without overlaps: of those that overlap the first, of those that begin together the
  ///   longest.
  /// - Complexity: O(`line.count`).
  public func spans(in line: [UInt8]) -> [ProtectedSpan] {
    let found = SpanSigns(of: line).intersection(signs)
    guard hasOwn || !found.isEmpty else { return [] }
    var spans: [ProtectedSpan] = patterns.withElement { patterns in
      var spans: [ProtectedSpan] = []
      for pattern in patterns.own {
        spans += pattern.ranges(in: line.span).map { ProtectedSpan(range: $0, kind: .pattern) }
      }
      for (kind, signs, pattern) in patterns.ofKinds where !signs.isDisjoint(with: found) {
        for range in pattern.ranges(in: line.span) {
          let range = kind == .url || kind == .path ? Self.withoutFinalMarks(range, of: line) : range
          if !range.isEmpty { spans.append(ProtectedSpan(range: range, kind: kind)) }
        }
      }
      return spans
    }
    // Sorting is stable: patterns of the user's own come before others that are as long.
    spans.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    var (separate, end): ([ProtectedSpan], Int) = ([], 0)
    for span in spans where span.range.lowerBound >= end {
      separate.append(span)
      end = span.range.upperBound
    }
    return separate
  }

  /// An address without the punctuation after it, which belongs to the sentence: a period, or a bracket that opens before.
  private static func withoutFinalMarks(_ range: Range<Int>, of line: [UInt8]) -> Range<Int> {
    var end = range.upperBound
    func isOpen(_ opening: Character, _ closing: Character) -> Bool {
      let text = line[range.lowerBound..<end]
      return text.count { $0 == opening.asciiValue } < text.count { $0 == closing.asciiValue }
    }
    loop: while end > range.lowerBound {
      switch Character(Unicode.Scalar(line[end - 1])) {
      case ".", ",", ";", ":", "!", "?", "'", "*", "_", "|": break
      case ")": if !isOpen("(", ")") { break loop }
      case "]": if !isOpen("[", "]") { break loop }
      case "}": if !isOpen("{", "}") { break loop }
      default: break loop
      }
      end -= 1
    }
    return range.lowerBound..<end
  }
}
