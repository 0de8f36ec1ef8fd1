import Text

/// Finds out whether translations have the terms that they should have.
public struct TermCheck: Sendable {
  private let finder: WordFinder

  /// A check of translations into a language: a code of BCP 47, or "" if it is not known.
  public init(language: String) { finder = WordFinder(language: language) }

  /// Whether a translation contains each of some terms, one place for one term.
  ///
  /// - Parameters:
  ///   - terms: for each term, its forms, one of which is wanted.
  ///   - translation: the text.
  /// - Returns: for each term, the form that was found; nil if none was.
  public func found(_ terms: [[String]], in translation: String) -> [String?] {
    guard !terms.isEmpty else { return [] }
    let words = finder.words(of: Array(translation.utf8)).map(\.folded)
    let places = terms.map { $0.flatMap { self.places(of: $0, in: words, translation) } }
    var found = [String?](repeating: nil, count: terms.count)
    var isTaken = [Bool](repeating: false, count: words.count)
    // Those with the fewest places choose first.
    for term in terms.indices.sorted(by: { (places[$0].count, $0) < (places[$1].count, $1) }) {
      guard let place = places[term].first(where: { !isTaken[$0.words].contains(true) }) else { continue }
      for word in place.words { isTaken[word] = true }
      found[term] = place.form
    }
    return found
  }

  /// Where a form occurs, as ranges of words; an empty one for a form without words, such as a symbol.
  private func places(of form: String, in words: [[UInt8]], _ translation: String)
    -> [(form: String, words: Range<Int>)]
  {
    let wanted = finder.words(of: Array(form.utf8)).map(\.folded)
    if wanted.isEmpty { return !form.isEmpty && translation.contains(form) ? [(form, 0..<0)] : [] }
    guard words.count >= wanted.count else { return [] }
    return (0...words.count - wanted.count)
      .filter { words[$0..<$0 + wanted.count].elementsEqual(wanted) }
      .map { (form, $0..<$0 + wanted.count) }
  }
}
