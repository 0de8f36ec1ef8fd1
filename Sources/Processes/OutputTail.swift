/// The end of what comes out of a pipe, so that gigabytes of output do not fill the memory.
struct OutputTail {
  private(set) var bytes: [UInt8] = []
  private let file: Descriptor
  private var isAtEnd = false

  /// An empty tail of `file`, which must be non-blocking.
  init(_ file: Descriptor) { self.file = file }

  /// The descriptor to wait for; nil at the end of the output.
  var number: Int32? { isAtEnd ? nil : file.number }

  /// Reads the available bytes, up to a megabyte, so that endless output cannot keep it busy forever.
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
