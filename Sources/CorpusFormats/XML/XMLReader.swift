import Files

/// Reads the events of an XML file one by one, in memory that does not grow with the file.
final class XMLReader {
  /// Where bytes come from: a file piece by piece, or text in memory.
  typealias Pieces = () throws(FileError) -> [UInt8]?

  /// The longest tag or comment: expat holds each in memory as a whole.
  static let longestTag = 1 << 24

  let path: String
  private let parser: XMLPushParser
  private let nextPiece: Pieces
  private var events: ArraySlice<XMLEvent> = []
  private var isAtEnd = false
  /// The bytes from the oldest event on that has not been returned.
  private var window: [UInt8] = []
  private var windowStart = 0
  private var parsedEnd = 0
  private var encoding: TextEncoding?

  /// - Parameters:
  ///   - path: the name for messages.
  ///   - encoding: the encoding of the bytes, whatever the file declares; nil for that which it declares.
  ///   - pieces: the bytes, in pieces of less than 2 GiB; nil at the end.
  init(path: String, encoding: String? = nil, pieces: @escaping Pieces) {
    (self.path, nextPiece) = (path, pieces)
    parser = XMLPushParser(path: path, encoding: encoding)
    if encoding != nil { self.encoding = .utf8 }
  }

  /// The next event; nil at the end of the file.
  ///
  /// - Throws: ``FileError`` if reading fails or the file is not well-formed.
  func next() throws(FileError) -> XMLEvent? {
    while true {
      if let event = events.popFirst() { return event }
      guard !isAtEnd else { return nil }
      try parseMore()
    }
  }

  private func parseMore() throws(FileError) {
    window.removeFirst(min(window.count, max(0, parsedEnd - windowStart)))
    windowStart = parsedEnd
    guard let piece = try nextPiece() else {
      isAtEnd = true
      return events = try parser.parse([], isLast: true)[...]
    }
    if encoding == nil { encoding = TextEncoding(of: piece) }
    window += piece
    guard window.count <= Self.longestTag + (1 << 22) else {
      throw .invalidFormat(
        path: path, place: "byte \(windowStart)",
        found: "a tag or comment of more than \(Self.longestTag >> 20) MiB",
        expected: "a shorter one", hint: "the file is probably damaged")
    }
    events = try parser.parse(piece, isLast: false)[...]
    if let last = events.last { parsedEnd = max(parsedEnd, last.range.upperBound) }
  }

  /// The text of the latest event as it is in the file.
  func source(of range: Range<Int>) -> String {
    let bounds = range.clamped(to: windowStart..<windowStart + window.count)
    let bytes = Array(window[bounds.lowerBound - windowStart..<bounds.upperBound - windowStart])
    let encoding = encoding ?? TextEncoding(name: parser.declaredEncoding ?? "UTF-8")
    guard !encoding.isUTF8, let converter = TextConverter(from: encoding.name, to: "UTF-8") else {
      return String(decoding: bytes, as: UTF8.self)
    }
    return String(decoding: converter.convert(bytes).output, as: UTF8.self)
  }
}

/// The pieces of bytes in memory.
func pieces(of bytes: [UInt8]) -> XMLReader.Pieces {
  var position = 0
  return { () throws(FileError) in
    guard position < bytes.count else { return nil }
    let end = min(bytes.count, position + ByteSource.pieceSize)
    defer { position = end }
    return Array(bytes[position..<end])
  }
}

/// The pieces of a file, decompressed if it is gzip.
func pieces(ofFile path: String) throws(FileError) -> XMLReader.Pieces {
  let source = try ByteSource(path: path, expectsText: false)
  var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
  return { () throws(FileError) in
    guard let count = try source.fill(&buffer) else { return nil }
    return Array(buffer[..<count])
  }
}
