import Reporting
import Synchronization

/// A terminal, or a file if it has no width, that records what is written to it.
final class RecordingTerminal: Terminal {
  let width: Int?
  private let text = Mutex("")

  init(width: Int?) { self.width = width }

  func write(_ text: String) { self.text.withLock { $0 += text } }
  var written: String { text.withLock { $0 } }

  /// The final screen, one row per line, after all carriage returns and erasures.
  var screen: [String] {
    var rows: [[Character]] = [[]]
    var column = 0
    var rest = Array(written.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": column = 0
      case "\n":
        rows.append([])
        column = 0
      case "\u{1B}":
        rest = rest.dropFirst(2)
        rows[rows.count - 1].removeLast(rows[rows.count - 1].count - column)
      default:
        var row = rows[rows.count - 1]
        if column < row.count { row[column] = Character(scalar) } else { row.append(Character(scalar)) }
        rows[rows.count - 1] = row
        column += 1
      }
    }
    return rows.map { String($0) }
  }
}

/// A clock that a test advances.
final class ManualClock: Sendable {
  private let seconds = Mutex(100.0)
  func advance(_ amount: Double) { seconds.withLock { $0 += amount } }
  var now: Double { seconds.withLock { $0 } }
}
