import Machine
import Terminology

/// Glossaries in memory, since reading many terms for every request would take longer than translating.
final class GlossaryCache: Sendable {
  /// A dictionary of a client's glossary.
  struct Key: Sendable, Hashable {
    var id, owner, source, target: String
  }

  private struct State: Sendable {
    var glossaries: [Key: Glossary] = [:]
    var terms = 0
    var changes = 0
  }

  /// The most terms that are kept.
  private static let mostTerms = 1_000_000

  private let state = Monitor(State())

  /// How often glossaries were changed.
  var changes: Int { state.withLock { $0.changes } }

  /// A glossary; nil if it is not kept.
  subscript(key: Key) -> Glossary? { state.withLock { $0.glossaries[key] } }

  /// Keeps a glossary, unless one was changed after it was read.
  func add(_ glossary: Glossary, _ key: Key, ifUnchangedSince changes: Int) {
    state.withLock { state in
      guard state.changes == changes else { return }
      if state.terms + glossary.terms.count > Self.mostTerms { (state.glossaries, state.terms) = ([:], 0) }
      state.glossaries[key] = glossary
      state.terms += glossary.terms.count
    }
  }

  /// Forgets all of them, because one has changed.
  func removeAll() {
    state.withLock { state in
      (state.glossaries, state.terms) = ([:], 0)
      state.changes += 1
    }
  }
}
