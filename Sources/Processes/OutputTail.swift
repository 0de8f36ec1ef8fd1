/// The end of what comes out of a pipe: whoever writes gigabytes fills no memory.
struct OutputTail {
  private(set) var bytes: [UInt8] = []
  private let file: Descriptor
  private var isAtEnd = false

  /// Nothing so far; `file` does not wait for bytes.
  init(_ file: Descriptor) { self.file = file }

  /// The descriptor to wait for; nil at the end.
  var number: Int32? { isAtEnd ? nil : file.number }

  /// Takes what is there, up to a megabyte: who writes without an end would keep us here for ever.
  mutating func take() {
    for _ in 0..<16 {
      guard !isAtEnd, let piece = readAvailable(file, count: Self.limit) else { break }
      isAtEnd = piece.isEmpty
      bytes += piece
      if bytes.count > Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
    }
  }

  private static let limit = 1 << 16
}
