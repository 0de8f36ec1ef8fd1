import Machine
import Terminology

/// The matchers of the glossaries that were used last, since finding the words of many terms takes longer than translating a
/// sentence: about a second for 10,000 terms.
final class TermMatcherCache: Sendable {
  private struct Entry: Sendable {
    var glossary: Glossary
    var mode: TermMatcher.Mode
    var matcher: TermMatcher
  }

  /// The most glossaries that are kept.
  private static let capacity = 8

  private let language: String
  /// Those used last come first.
  private let entries = Monitor<[Entry]>([])

  /// - Parameter language: the code of the source language; "" if it is not known.
  init(language: String) { self.language = language }

  /// The matcher of a glossary.
  ///
  /// - Parameters:
  ///   - glossary: the terms. A copy of the same array is recognized at once, an equal one by its terms.
  ///   - mode: how words are compared.
  /// - Returns: the matcher.
  func matcher(_ glossary: Glossary, mode: TermMatcher.Mode) -> TermMatcher {
    let known = entries.withLock { entries -> TermMatcher? in
      guard let place = entries.firstIndex(where: { $0.mode == mode && $0.glossary == glossary }) else {
        return nil
      }
      let entry = entries.remove(at: place)
      entries.insert(entry, at: 0)
      return entry.matcher
    }
    if let known { return known }
    // Outside of the lock: other calls need not wait.
    let matcher = TermMatcher(glossary, language: language, mode: mode)
    entries.withLock { entries in
      entries.insert(Entry(glossary: glossary, mode: mode, matcher: matcher), at: 0)
      if entries.count > Self.capacity { entries.removeLast() }
    }
    return matcher
  }
}
