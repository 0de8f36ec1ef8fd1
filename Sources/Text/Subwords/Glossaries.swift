internal import Machine

/// Text that byte pair encoding does not touch, within words as well, like subword-nmt's `--glossaries`.
///
/// Each occurrence in a word is a subword of its own: with the glossary `USA`, `1934USABUSA` becomes the parts `1934`,
/// `USA`, `B` and `USA`.
struct Glossaries: Sendable {
  private struct Glossary: Sendable {
    /// The expression itself.
    let pattern: ICUPattern
    /// With anchors: subword-nmt splits no word whose beginning this matches.
    let anchored: ICUPattern
  }

  private let glossaries: Pool<[Glossary]>

  /// The text that matches one of the regular expressions.
  ///
  /// - Precondition: each is valid; see ``ProtectedWords/problem(ofPattern:)``.
  init(_ patterns: [String]) {
    glossaries = Pool {
      patterns.map { pattern in
        do throws(ICUPattern.Problem) {
          return Glossary(
            pattern: try ICUPattern(pattern, ignoresCase: false),
            anchored: try ICUPattern("^\(pattern)$", ignoresCase: false))
        } catch {
          preconditionFailure("'\(pattern)': \(error)")
        }
      }
    }
  }

  /// The parts of a word as ranges of its bytes, and whether each is a glossary.
  func parts(of word: Span<UInt8>) -> [(range: Range<Int>, isGlossary: Bool)] {
    glossaries.withElement { glossaries in
      var parts = [0..<word.count]
      for glossary in glossaries { parts = parts.flatMap { Self.parts(of: word, $0, glossary) } }
      return parts.map { part in
        let text = word.extracting(part)
        return (part, glossaries.contains { $0.pattern.matchesWhole(text) })
      }
    }
  }

  private static func parts(of word: Span<UInt8>, _ range: Range<Int>, _ glossary: Glossary) -> [Range<Int>] {
    let text = word.extracting(range)
    guard !glossary.anchored.matchesBeginning(text) else { return [range] }
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for match in glossary.pattern.ranges(in: text) {
      let (from, to) = (range.lowerBound + match.lowerBound, range.lowerBound + match.upperBound)
      if start < from { parts.append(start..<from) }
      parts.append(from..<to)
      start = to
    }
    if start < range.upperBound { parts.append(start..<range.upperBound) }
    return parts
  }
}
