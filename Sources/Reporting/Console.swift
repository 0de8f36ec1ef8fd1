import Synchronization

/// Standard error as the user sees it: messages, and below them at most one line that is redrawn.
///
/// Messages and redrawn lines share one lock, so a message never lands inside a progress bar: the bar is erased, the
/// message written, and the bar drawn again below it.
public final class Console: Sendable {
  /// The process's standard error.
  public static let standardError = Console(StandardErrorTerminal())

  private let terminal: any Terminal
  /// The line that is redrawn; empty for none.
  private let statusLine = Mutex("")

  package init(_ terminal: any Terminal) { self.terminal = terminal }

  /// The number of columns to draw in, or `nil` if standard error is not a terminal.
  public var width: Int? { terminal.width }

  /// Writes a line.
  public func message(_ text: String) {
    statusLine.withLock { status in
      terminal.write(status.isEmpty ? text + "\n" : Self.wipe + text + "\n" + status)
    }
  }

  /// Replaces the line that is redrawn; an empty line removes it.
  ///
  /// Does nothing without a terminal.
  func draw(_ line: String) {
    guard width != nil else { return }
    statusLine.withLock { status in
      guard line != status else { return }
      terminal.write(Self.wipe + line)
      status = line
    }
  }

  /// To the first column, then erase to the end of the line.
  private static let wipe = "\r\u{1B}[K"
}

/// What a console writes to.
package protocol Terminal: Sendable {
  /// Columns, or `nil` for a file or a pipe.
  var width: Int? { get }
  /// Writes text, ignoring errors, which could not be reported anywhere.
  func write(_ text: String)
}

private struct StandardErrorTerminal: Terminal {
  var width: Int? { columns(ofTerminal: 2) }
  func write(_ text: String) { _ = writeAll(Array(text.utf8), to: 2) }
}
