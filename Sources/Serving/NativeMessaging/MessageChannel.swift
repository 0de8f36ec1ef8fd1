import Glibc
import Machine

/// Messages through pipes: each with its length before it, as browsers talk to programs.
///
/// Source: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging.
struct MessageChannel: Sendable {
  /// The most bytes of a message, as in translateLocally.
  static let mostBytes = 10 << 20

  /// What comes from the other side.
  enum Message: Sendable, Equatable {
    case contents([UInt8])
    /// A message with more bytes than are read; it was skipped.
    case tooLong(bytes: Int)
  }

  private let input: Int32
  private let output: Int32
  /// Whether the other side still reads; held while a message is written.
  private let isWritable = Monitor(true)

  /// - Parameters:
  ///   - input: the file descriptor to read from.
  ///   - output: the file descriptor to write to.
  init(input: Int32, output: Int32) { (self.input, self.output) = (input, output) }

  /// Waits for the next message; nil if there are no more.
  func next() -> Message? {
    guard let header = read(4) else { return nil }
    let count = unsafe header.withUnsafeBytes { unsafe Int($0.loadUnaligned(as: UInt32.self)) }
    if count <= Self.mostBytes { return read(count).map { .contents($0) } }
    var rest = count
    while rest > 0 {
      guard let skipped = read(min(rest, 1 << 16)) else { return nil }
      rest -= skipped.count
    }
    return .tooLong(bytes: count)
  }

  /// Sends a message, unless the other side is gone.
  func send(_ contents: [UInt8]) {
    guard let count = UInt32(exactly: contents.count) else { return }
    let message = unsafe withUnsafeBytes(of: count) { unsafe Array($0) } + contents
    isWritable.withLock { isWritable in
      var rest = message[...]
      while isWritable, !rest.isEmpty {
        let written = unsafe rest.withUnsafeBytes { unsafe write(output, $0.baseAddress, $0.count) }
        if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { isWritable = false }
      }
    }
  }

  /// Exactly so many bytes; nil if the input ends before.
  private func read(_ count: Int) -> [UInt8]? {
    var (bytes, filled) = ([UInt8](repeating: 0, count: count), 0)
    while filled < count {
      let read = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(input, buffer.baseAddress.map { unsafe $0 + filled }, count - filled)
      }
      if read > 0 { filled += read } else if read == 0 || errno != EINTR { return nil }
    }
    return bytes
  }
}
