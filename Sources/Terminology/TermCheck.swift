public import Text

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
    var isTaken = [Bool](repeating: false, count: words.count)
    return terms.map { forms in
      for form in forms {
        let wanted = finder.words(of: Array(form.utf8)).map(\.folded)
        if wanted.isEmpty {
          // Without words, such as a symbol.
          if translation.contains(form) { return form }
          continue
        }
        guard words.count >= wanted.count else { continue }
        let start = (0...words.count - wanted.count).first { start in
          words[start..<start + wanted.count].elementsEqual(wanted)
            && !isTaken[start..<start + wanted.count].contains(true)
        }
        if let start {
          for word in start..<start + wanted.count { isTaken[word] = true }
          return form
        }
      }
      return nil
    }
  }
}
