import Machine

/// Counts characters, and writes them to the store about once a second, since each write waits for the disk.
final class UsageCounter: Sendable {
  private struct State: Sendable {
    /// Characters that are not in the store yet, by key.
    var pending: [String: Int] = [:]
    var written = ContinuousClock.now
  }

  private let store: ServerStore
  private let state = Monitor(State())

  init(_ store: ServerStore) { self.store = store }

  deinit { flush() }

  /// The characters of a key that the store does not know of.
  func pending(_ key: String) -> Int { state.withLock { $0.pending[key] ?? 0 } }

  func add(_ characters: Int, key: String) {
    let isDue = state.withLock { state in
      state.pending[key, default: 0] += characters
      return ContinuousClock.now - state.written > .seconds(1)
    }
    if isDue { flush() }
  }

  /// Writes what was counted.
  ///
  /// What cannot be written, such as on a full disk, is kept and written later.
  func flush() {
    let counted = state.withLock { state in
      defer { (state.pending, state.written) = ([:], .now) }
      return state.pending
    }
    for (key, characters) in counted {
      do { try store.addUsage(characters, key: key) } catch {
        state.withLock { $0.pending[key, default: 0] += characters }
      }
    }
  }
}
