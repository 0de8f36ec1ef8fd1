import Synchronization

/// Writes results to standard output, whole lines at a time.
///
/// Text is buffered and written in large pieces; call ``flush()`` whenever a reader may be waiting, and at the end.
/// Usable from several threads: a line is never torn.
///
/// A closed pipe is reported as an error only if the process ignores `SIGPIPE`, as `runCommand` arranges.
public final class StandardOutput: Sendable {
  private static let pieceSize = 1 << 16

  private let descriptor: Int32
  private let pending = Mutex<[UInt8]>([])

  /// The process's standard output.
  public convenience init() { self.init(descriptor: 1) }

  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// Writes a line of UTF-8 and a newline.
  ///
  /// - Throws: ``OutputError`` if earlier or these bytes cannot be written.
  public func writeLine(_ line: [UInt8]) throws(OutputError) {
    try append { $0 += line + [UInt8(ascii: "\n")] }
  }

  /// Writes a line and a newline.
  ///
  /// - Throws: ``OutputError`` if earlier or these bytes cannot be written.
  public func writeLine(_ line: String) throws(OutputError) { try writeLine(Array(line.utf8)) }

  /// Writes bytes as they are.
  ///
  /// - Throws: ``OutputError`` if earlier or these bytes cannot be written.
  public func write(_ bytes: [UInt8]) throws(OutputError) { try append { $0 += bytes } }

  /// Writes the buffered text.
  ///
  /// - Throws: ``OutputError`` if it cannot be written.
  public func flush() throws(OutputError) {
    try pending.withLock { (bytes) throws(OutputError) in try drain(&bytes) }
  }

  private func append(_ change: (inout [UInt8]) -> Void) throws(OutputError) {
    try pending.withLock { (bytes) throws(OutputError) in
      change(&bytes)
      if bytes.count >= Self.pieceSize { try drain(&bytes) }
    }
  }

  private func drain(_ bytes: inout [UInt8]) throws(OutputError) {
    let errorNumber = writeAll(bytes, to: descriptor)
    bytes.removeAll(keepingCapacity: true)
    if errorNumber != 0 { throw OutputError(errorNumber: errorNumber) }
  }
}
