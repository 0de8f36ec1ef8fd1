import Files

/// The encoding of a file, with its byte order mark.
struct TextEncoding: Sendable, Equatable {
  /// The name for `iconv`; "UTF-8" for text that needs no conversion.
  let name: String
  /// The byte order mark at the beginning of the file.
  let mark: [UInt8]

  static let utf8 = TextEncoding(name: "UTF-8", mark: [])

  var isUTF8: Bool { name == "UTF-8" }
  /// Whether every character can be written.
  var isUnicode: Bool { name.hasPrefix("UTF-") }

  init(name: String, mark: [UInt8] = []) {
    let upper = name.uppercased()
    self.name = ["UTF8", "UTF-8", "CHARSET", ""].contains(upper) ? "UTF-8" : upper
    self.mark = mark
  }

  /// The encoding that the first bytes of a file show, by a byte order mark or by the zeros of UTF-16; nil if they show
  /// none.
  init?(of bytes: some Sequence<UInt8>) {
    let first = Array(bytes.prefix(4))
    if first.starts(with: [0xef, 0xbb, 0xbf]) {
      self.init(name: "UTF-8", mark: [0xef, 0xbb, 0xbf])
    } else if first.starts(with: [0xff, 0xfe]) {
      self.init(name: "UTF-16LE", mark: [0xff, 0xfe])
    } else if first.starts(with: [0xfe, 0xff]) {
      self.init(name: "UTF-16BE", mark: [0xfe, 0xff])
    } else if first.count > 1, first[0] != 0, first[1] == 0 {
      self.init(name: "UTF-16LE")
    } else if first.count > 1, first[0] == 0, first[1] != 0 {
      self.init(name: "UTF-16BE")
    } else {
      return nil
    }
  }

  /// A file's text as UTF-8, without the byte order mark.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - path: its name for messages.
  /// - Returns: the text.
  /// - Throws: ``FileError`` if the bytes are not text in this encoding.
  func decode(_ bytes: [UInt8], path: String) throws(FileError) -> [UInt8] {
    let body = Array(bytes.dropFirst(mark.count))
    if isUTF8 {
      guard isUTF8Text(body) else {
        throw .invalidFormat(
          path: path, place: line(ofInvalidUTF8: body), found: "bytes that are not UTF-8",
          expected: "text in UTF-8",
          hint: "convert the file, or declare its encoding")
      }
      return body
    }
    guard let converter = TextConverter(from: name, to: "UTF-8") else {
      throw .invalidFormat(
        path: path, place: "", found: "the encoding '\(name)'",
        expected: "an encoding that the system's iconv knows",
        hint: "iconv --list shows them")
    }
    let outcome = converter.convert(body)
    if let failure = outcome.failure {
      throw .invalidFormat(
        path: path, place: "byte \(mark.count + failure)", found: "bytes that are not \(name)",
        expected: "text in this encoding, which the file declares", hint: "")
    }
    return outcome.output
  }

  /// Text in this encoding, with the byte order mark; nil if the encoding lacks one of its characters.
  func encode(_ text: [UInt8]) -> [UInt8]? {
    if isUTF8 { return mark + text }
    guard let converter = TextConverter(from: "UTF-8", to: name) else { return nil }
    let outcome = converter.convert(text)
    return outcome.failure == nil ? mark + outcome.output : nil
  }
}

private func isUTF8Text(_ bytes: [UInt8]) -> Bool { isUTF8(bytes) }

/// Where the first line with invalid UTF-8 is.
private func line(ofInvalidUTF8 bytes: [UInt8]) -> String {
  let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let index = lines.firstIndex { !isUTF8(Array($0)) } ?? 0
  return "line \(index + 1)"
}
