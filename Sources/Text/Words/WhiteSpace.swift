/// White space around text.
package enum WhiteSpace {
  /// A range of a text without the white space at its ends.
  static func trimmed(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    let start = end(text, from: range.lowerBound, to: range.upperBound)
    var end = range.upperBound
    while end > start {
      let scalar = decodeScalar(text, before: end)
      guard Mark.isWhitespace(scalar) else { break }
      end -= UTF8.width(Unicode.Scalar(scalar) ?? " ")
    }
    return start..<end
  }

  /// A text without the white space at its ends.
  package static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let range = trimmed(text.span, 0..<text.count)
    return text[(text.startIndex + range.lowerBound)..<(text.startIndex + range.upperBound)]
  }

  /// Where the white space that begins at a place ends.
  static func end(_ text: borrowing Span<UInt8>, from start: Int, to limit: Int) -> Int {
    var position = start
    while position < limit {
      let scalar = decodeScalar(text, at: position)
      guard Mark.isWhitespace(scalar.value), position + scalar.length <= limit else { break }
      position += scalar.length
    }
    return position
  }
}
