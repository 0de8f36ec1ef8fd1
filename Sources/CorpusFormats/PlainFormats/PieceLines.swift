import Files

/// Cuts pieces of a file into lines, with their places.
struct PieceLines {
  /// The longest line.
  static let longest = 1 << 24

  private let next: XMLReader.Pieces
  private var buffer: [UInt8] = []
  private var position = 0
  /// The place of the buffer in the file.
  private var start = 0
  private var isAtEnd = false
  private(set) var number = 0
  let path: String

  init(_ pieces: @escaping XMLReader.Pieces, path: String) { (next, self.path) = (pieces, path) }

  /// The next line without its end, and where it begins; nil after the last one.
  ///
  /// - Throws: ``FileError`` if reading fails, or for a line that is too long or not UTF-8.
  mutating func line() throws(FileError) -> (text: [UInt8], place: Int)? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return try take(end, next: end + 1)
      }
      if isAtEnd { return position < buffer.count ? try take(buffer.count, next: buffer.count) : nil }
      searched = buffer.count - position
      (buffer, start) = (Array(buffer[position...]), start + position)
      position = 0
      guard buffer.count <= Self.longest else {
        throw .invalidFormat(
          path: path, place: "line \(number + 1)", found: "more than \(Self.longest >> 20) MiB",
          expected: "a shorter line",
          hint: "")
      }
      if let piece = try next() { buffer += piece } else { isAtEnd = true }
    }
  }

  private mutating func take(_ end: Int, next: Int) throws(FileError) -> (text: [UInt8], place: Int) {
    number += 1
    var text = Array(buffer[position..<end])
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    var place = start + position
    if number == 1, text.starts(with: [0xef, 0xbb, 0xbf]) {
      text.removeFirst(3)
      place += 3
    }
    position = next
    guard isUTF8(text) else {
      throw .invalidFormat(
        path: path, place: "line \(number)", found: "bytes that are not UTF-8", expected: "text in UTF-8",
        hint: "convert the file, such as by iconv -f LATIN1 -t UTF-8")
    }
    return (text, place)
  }
}
