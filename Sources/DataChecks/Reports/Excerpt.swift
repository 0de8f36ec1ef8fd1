/// A line as shown to people: shortened, its fault in brackets, and what cannot be seen written out.
enum Excerpt {
  /// - Parameters:
  ///   - line: bytes, which may be invalid.
  ///   - fault: what to mark; nil: nothing.
  ///   - width: the most columns; wide characters count twice.
  /// - Returns: printable text.
  static func text(_ line: [UInt8], marking fault: Range<Int>?, width: Int) -> String {
    guard !line.isEmpty else { return "(empty)" }
    var pieces: [(text: String, columns: Int)] = []
    var faultPiece = 0
    for item in FaultPlace.characters(of: line) {
      var text = visible(item.scalar, item.entry)
      if let fault, item.range.lowerBound == fault.lowerBound {
        faultPiece = pieces.count
        text = "[[" + text
      }
      if let fault, item.range.upperBound == fault.upperBound { text += "]]" }
      pieces.append((text, columns(text)))
      // Longer lines are not shown to their end.
      if pieces.count > 4 * width, pieces.count > faultPiece + width { break }
    }
    return shortened(pieces, around: faultPiece, width)
  }

  private static func shortened(_ pieces: [(text: String, columns: Int)], around place: Int, _ width: Int)
    -> String
  {
    let total = pieces.reduce(0) { $0 + $1.columns }
    guard total > width else { return pieces.map(\.text).joined() }
    // Some text before the fault.
    var start = place
    var before = 0
    while start > 0, before + pieces[start - 1].columns <= (place < width / 2 ? width : width / 3) {
      start -= 1
      before += pieces[start].columns
    }
    var (text, used) = (start > 0 ? "…" : "", start > 0 ? 1 : 0)
    for piece in pieces[start...] {
      guard used + piece.columns < width else { return text + "…" }
      text += piece.text
      used += piece.columns
    }
    return text
  }

  private static func visible(_ scalar: UInt32, _ entry: ScalarEntry?) -> String {
    func hex(_ value: UInt32, _ digits: Int) -> String {
      let text = String(value, radix: 16, uppercase: true)
      return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
    guard let entry else { return "<byte \(hex(scalar, 2))>" }
    switch entry.kind {
    case ScalarEntry.Class.control, ScalarEntry.Class.invisible, ScalarEntry.Class.privateUse:
      return "<U+\(hex(scalar, 4))>"
    case ScalarEntry.Class.space where scalar != 0x20: return "<U+\(hex(scalar, 4))>"
    default: return Unicode.Scalar(scalar).map { String($0) } ?? "?"
    }
  }

  private static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x300..<0x370, 0x200C...0x200D, 0xFE00...0xFE0F: sum
      case 0x1100..<0x1160, 0x2E80..<0xA4D0, 0xAC00..<0xD7A4, 0xF900..<0xFB00, 0xFE30..<0xFE70,
        0xFF00..<0xFF61,
        0x1F300..<0x1FB00, 0x20000..<0x40000:
        sum + 2
      default: sum + 1
      }
    }
  }
}
