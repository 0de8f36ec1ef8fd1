import Machine

/// How many characters were translated since the server started.
final class CharacterUsage: Sendable {
  private let count = Monitor(0)

  var characters: Int { count.withLock { $0 } }

  func add(_ characters: Int) { count.withLock { $0 += characters } }
}
