import Text

/// Finds out whether translations have the terms that they should have.
public struct TermCheck: Sendable {
  private let finder: WordFinder
  private let acceptsForms: Bool

  /// A check of translations.
  ///
  /// - Parameters:
  ///   - language: of the translations, a code of BCP 47; "" if it is not known.
  ///   - acceptsForms: whether words may have other endings than in the forms that are wanted.
  public init(language: String, acceptsForms: Bool = false) {
    (finder, self.acceptsForms) = (WordFinder(language: language), acceptsForms)
  }

  /// Whether a translation contains each of some terms, one place for one term.
  ///
  /// - Parameters:
  ///   - terms: for each term, its forms, one of which is wanted.
  ///   - translation: the text.
  /// - Returns: for each term, the form that was found, with the endings that it has there; nil if none was.
  public func found(_ terms: [[String]], in translation: String) -> [String?] {
    guard !terms.isEmpty else { return [] }
    let words = finder.words(of: Array(translation.utf8))
    let places = terms.map { term in
      let exact = term.flatMap { self.places(of: $0, in: words, translation) { $0 == $1 } }
      return !acceptsForms || !exact.isEmpty
        ? exact
        : term.flatMap { self.places(of: $0, in: words, translation, areEqual: Self.areForms) }
    }
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
  private func places(
    of form: String, in words: [WordFinder.Word], _ translation: String,
    areEqual: ([UInt8], [UInt8]) -> Bool
  ) -> [(form: String, words: Range<Int>)] {
    let wanted = finder.words(of: Array(form.utf8)).map(\.folded)
    if wanted.isEmpty { return !form.isEmpty && translation.contains(form) ? [(form, 0..<0)] : [] }
    guard words.count >= wanted.count else { return [] }
    return (0...words.count - wanted.count).compactMap { start in
      let found = words[start..<start + wanted.count]
      guard zip(found, wanted).allSatisfy({ areEqual($0.folded, $1) }) else { return nil }
      let isExact = found.map(\.folded) == wanted
      let range = found[start].range.lowerBound..<found[found.endIndex - 1].range.upperBound
      let text = isExact ? form : String(decoding: Array(translation.utf8)[range], as: UTF8.self)
      return (text, start..<found.endIndex)
    }
  }

  private static func areForms(_ found: [UInt8], _ wanted: [UInt8]) -> Bool {
    WordForms.areForms(String(decoding: found, as: UTF8.self), String(decoding: wanted, as: UTF8.self))
  }
}
