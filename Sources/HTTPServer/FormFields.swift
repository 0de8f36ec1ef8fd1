/// Names with values as forms and queries have them, in order; a name may occur several times.
public struct FormFields: Sendable, Equatable {
  /// A name and its value.
  public struct Field: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String
  }

  /// All fields.
  public private(set) var fields: [Field] = []

  /// No fields.
  public init() {}

  /// The fields of `application/x-www-form-urlencoded` text.
  ///
  /// Nothing is an error, as in browsers' own readers: what is not encoded stays as it is, and invalid UTF-8 is repaired.
  ///
  /// Source: WHATWG's URL standard, section 5.1.
  public init(urlEncoded bytes: ArraySlice<UInt8>) {
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      add(decoded(part[..<equals]), decoded(part[min(equals + 1, part.endIndex)...]))
    }
  }

  /// The first value of a name.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

  /// All values of a name.
  public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

  /// Adds a field behind the others.
  public mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

  /// These fields, and others behind them.
  public static func + (left: FormFields, right: FormFields) -> FormFields {
    var sum = left
    sum.fields += right.fields
    return sum
  }
}

/// A name or value of a form: a plus sign stands for a space.
private func decoded(_ bytes: ArraySlice<UInt8>) -> String {
  let spaced = bytes.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
  return String(decoding: percentDecoded(spaced[...]), as: UTF8.self)
}

/// Bytes with `%41` replaced by `A`; a percent sign that is not followed by two digits stays.
func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
  var decoded: [UInt8] = []
  decoded.reserveCapacity(bytes.count)
  var index = bytes.startIndex
  while index < bytes.endIndex {
    if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = hexDigit(bytes[index + 1]),
      let low = hexDigit(bytes[index + 2])
    {
      decoded.append(high << 4 | low)
      index += 3
    } else {
      decoded.append(bytes[index])
      index += 1
    }
  }
  return decoded
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
