import Text

/// Finds the terms of a glossary in source text.
public struct TermMatcher: Sendable {
  /// How the words of a term are compared with those of a text.
  public enum Mode: String, Sendable, CaseIterable {
    /// Equal, apart from case.
    case exact
    /// Equal, or equal but for their endings, as inflected forms of a word often are.
    case stem
  }

  /// A term in a text.
  public struct Match: Sendable, Equatable {
    /// The index of the term in the glossary.
    public var term: Int
    /// The bytes of the text that it covers.
    public var range: Range<Int>
  }

  /// The glossary.
  public let glossary: Glossary
  private let mode: Mode
  private let finder: WordFinder
  /// The terms by the key of their first word, each with the words of its source.
  private var index: [[UInt8]: [(term: Int, words: [[UInt8]])]] = [:]

  /// A matcher for a glossary.
  ///
  /// - Parameters:
  ///   - glossary: the terms.
  ///   - language: the code of the source language; "" if it is not known.
  ///   - mode: how words are compared.
  public init(_ glossary: Glossary, language: String, mode: Mode = .exact) {
    self.init(glossary, WordFinder(language: language), mode)
  }

  /// A matcher with more terms, which count before those of the glossary with the same words.
  public func adding(_ terms: [Glossary.Term]) -> TermMatcher {
    TermMatcher(Glossary(glossary.terms + terms), finder, mode)
  }

  private init(_ glossary: Glossary, _ finder: WordFinder, _ mode: Mode) {
    (self.glossary, self.mode, self.finder) = (glossary, mode, finder)
    for (number, term) in glossary.terms.enumerated() {
      let words = finder.words(of: Array(term.source.utf8)).map(\.folded)
      guard let first = words.first else { continue }
      let key = key(first)
      // Of equal terms the last one counts.
      index[key, default: []].removeAll { $0.words == words }
      index[key, default: []].append((number, words))
    }
    for key in index.keys { index[key]?.sort { ($0.words.count, $0.term) > ($1.words.count, $1.term) } }
  }

  /// The terms in a text.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: from left to right, without overlaps: where several begin, the longest.
  public func matches(in text: [UInt8]) -> [Match] {
    if index.isEmpty { return [] }
    let words = finder.words(of: text)
    var (matches, position): ([Match], Int) = ([], 0)
    while position < words.count {
      let found = index[key(words[position].folded)]?.first { _, term in
        term.count <= words.count - position
          && zip(term, words[position...]).allSatisfy { isMatch($0, $1.folded) }
          && (1..<term.count).allSatisfy { isAdjacent(words[position + $0 - 1], words[position + $0], text) }
      }
      if let found {
        let last = words[position + found.words.count - 1]
        matches.append(
          Match(term: found.term, range: words[position].range.lowerBound..<last.range.upperBound))
        position += found.words.count
      } else {
        position += 1
      }
    }
    return matches
  }

  /// What words have in common that might match.
  private func key(_ word: [UInt8]) -> [UInt8] {
    mode == .exact
      ? word : Array(String(decoding: word, as: UTF8.self).prefix(WordForms.sharedBeginning).utf8)
  }

  private func isMatch(_ term: [UInt8], _ word: [UInt8]) -> Bool {
    if term == word { return true }
    guard mode == .stem else { return false }
    return WordForms.areForms(String(decoding: term, as: UTF8.self), String(decoding: word, as: UTF8.self))
  }

  /// Whether only spaces, hyphens or apostrophes are between two words.
  private func isAdjacent(_ left: WordFinder.Word, _ right: WordFinder.Word, _ text: [UInt8]) -> Bool {
    String(decoding: text[left.range.upperBound..<right.range.lowerBound], as: UTF8.self)
      .allSatisfy { $0.isWhitespace || "-‐‑'’".contains($0) }
  }
}
