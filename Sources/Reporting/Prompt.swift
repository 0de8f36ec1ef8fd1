internal import CEdit
import Glibc

/// Asks for lines at a terminal, where they can be edited, and earlier ones are found with the arrow keys.
///
/// A terminal has one line being edited, so there is one prompt in a process.
public struct Prompt: Sendable {
  private let text: String

  /// Whether people can be asked: whether standard input and standard error are terminals.
  public static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// A prompt with a text such as "en> ".
  public init(_ text: String) {
    self.text = text
    edit_begin()
  }

  /// Waits for a line.
  ///
  /// - Returns: the line as UTF-8, without its end; nil if there are no more: people type Ctrl-D.
  public func nextLine() -> [UInt8]? {
    guard let line = unsafe edit_line(text) else { return nil }
    defer { unsafe free(line) }
    return unsafe Array(UnsafeRawBufferPointer(start: line, count: strlen(line)))
  }
}
