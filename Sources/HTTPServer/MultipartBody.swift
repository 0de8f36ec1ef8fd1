/// The parts of a `multipart/form-data` body, as forms with files send it.
///
/// Source: RFC 7578 and RFC 2046, section 5.1.
public struct MultipartBody: Sendable {
  /// A field or a file.
  public struct Part: Sendable, Equatable {
    /// The name of the field.
    public var name: String
    /// The name of the file; nil for a field.
    public var fileName: String?
    /// The value of the field, or the content of the file.
    public var content: [UInt8]
  }

  /// The most parts that are read; no form of a translation server has as many.
  private static let mostParts = 100

  /// The parts in order.
  public let parts: [Part]

  /// The fields that are not files.
  public var fields: FormFields {
    var fields = FormFields()
    for part in parts where part.fileName == nil {
      fields.add(part.name, String(decoding: part.content, as: UTF8.self))
    }
    return fields
  }

  /// The parts of a body; nil if it is not written as its type says.
  ///
  /// - Parameters:
  ///   - body: the body.
  ///   - contentType: the header field, which names the boundary.
  public init?(_ body: [UInt8], contentType: String) {
    guard let boundary = parameter("boundary", of: contentType), !boundary.isEmpty,
      boundary.utf8.count <= 70
    else { return nil }
    let delimiter = Array("\r\n--\(boundary)".utf8)
    // The first delimiter may begin the body.
    let text = Array("\r\n".utf8) + body
    let places = occurrences(of: delimiter, in: text)
    var (parts, isClosed): ([Part], Bool) = ([], false)
    for (index, place) in places.enumerated() {
      let rest = text[(place + delimiter.count)...]
      if rest.starts(with: Array("--".utf8)) {
        isClosed = true
        break
      }
      guard index + 1 < places.count, parts.count < Self.mostParts else { return nil }
      let afterSpace = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard afterSpace.starts(with: Array("\r\n".utf8)), afterSpace.startIndex + 2 <= places[index + 1],
        let part = Part(text[(afterSpace.startIndex + 2)..<places[index + 1]])
      else { return nil }
      parts.append(part)
    }
    guard isClosed else { return nil }
    self.parts = parts
  }
}

extension MultipartBody.Part {
  /// A part with its header; nil without a name.
  fileprivate init?(_ bytes: ArraySlice<UInt8>) {
    // Without any header field, the empty line comes first.
    let text = Array("\r\n".utf8) + bytes
    guard let end = occurrences(of: Array("\r\n\r\n".utf8), in: text).first else { return nil }
    var disposition = ""
    for line in String(decoding: text[..<end], as: UTF8.self).split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      if line[..<colon].lowercased() == "content-disposition" {
        disposition = String(line[line.index(after: colon)...])
      }
    }
    guard let name = parameter("name", of: disposition) else { return nil }
    self.init(
      name: name, fileName: parameter("filename", of: disposition), content: Array(text[(end + 4)...]))
  }
}

/// Where a pattern occurs, without overlaps.
private func occurrences(of pattern: [UInt8], in text: [UInt8]) -> [Int] {
  var (places, start): ([Int], Int) = ([], 0)
  while start + pattern.count <= text.count {
    // A pattern begins with a carriage return, which text hardly has.
    guard let next = text[start...].firstIndex(of: pattern[0]), next + pattern.count <= text.count else {
      break
    }
    if text[next..<next + pattern.count].elementsEqual(pattern) {
      places.append(next)
      start = next + pattern.count
    } else {
      start = next + 1
    }
  }
  return places
}

/// A parameter of a header field, such as the boundary in `multipart/form-data; boundary=x`, without quotation marks.
private func parameter(_ name: String, of field: String) -> String? {
  var (parts, part, isQuoted, isEscaped): ([String], String, Bool, Bool) = ([], "", false, false)
  for character in field {
    switch character {
    case _ where isEscaped:
      part.append(character)
      isEscaped = false
    case "\\" where isQuoted: isEscaped = true
    case "\"": isQuoted.toggle()
    case ";" where !isQuoted:
      parts.append(part)
      part = ""
    default: part.append(character)
    }
  }
  for part in (parts + [part]).dropFirst() {
    guard let equals = part.firstIndex(of: "=") else { continue }
    let key = part[..<equals].filter { !$0.isWhitespace }
    if key.lowercased() == name { return String(part[part.index(after: equals)...]) }
  }
  return nil
}
