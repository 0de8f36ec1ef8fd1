import Files

/// The header of an array in numpy's format (`.npy`), versions 1 to 3.
///
/// Source: numpy, `numpy/lib/format.py`.
struct NumpyHeader {
  let type: ElementType
  let isColumnMajor: Bool
  let shape: [Int]
  /// The size of everything before the numbers.
  let size: Int

  /// Longer than any header of numbers.
  static let greatestSize = 1 << 16

  /// Parses the first bytes of an array.
  ///
  /// - Parameters:
  ///   - bytes: the first ``greatestSize`` bytes, or all if there are fewer.
  ///   - place: where they are from, for messages.
  /// - Throws: ``FileError`` for a broken header, or another type than numbers.
  init(_ bytes: FileBytes, place: String) throws(FileError) {
    guard bytes.count >= 10, bytes.part(from: 0, count: 6)?.array == [0x93] + Array("NUMPY".utf8) else {
      throw bytes.error(place, found: "other first bytes", expected: "a numpy array", hint: "")
    }
    let (start, length): (Int, Int)
    switch bytes[6] {
    case 1: (start, length) = (10, Int(bytes.number(at: 8, UInt16.self) ?? 0))
    case 2, 3: (start, length) = (12, Int(bytes.number(at: 8, UInt32.self) ?? 0))
    case let version:
      throw bytes.error(
        place, found: "version \(version) of numpy's format", expected: "1, 2 or 3", hint: "save it again")
    }
    guard start + length <= NumpyHeader.greatestSize, let text = bytes.part(from: start, count: length) else {
      throw bytes.error(
        place, found: "a header of \(length) bytes", expected: "one of at most \(NumpyHeader.greatestSize)")
    }
    size = start + length
    guard let fields = PythonFields(text.array) else {
      throw bytes.error(place, found: "another header", expected: "descr, fortran_order and shape")
    }
    guard let type = ElementType(numpy: fields.type) else {
      let isObject = fields.type.contains("O")
      throw bytes.error(
        place,
        found: isObject ? "pickled Python objects (\(fields.type))" : "the type \(fields.type.prefix(40))",
        expected: "little-endian f2, f4, f8, i1, i2, i4, i8, u1, u2, u4, u8 or b1",
        hint: isObject ? "objects can run code and are never read" : "save it again as <f4")
    }
    (self.type, shape, isColumnMajor) = (type, fields.shape, fields.isColumnMajor)
    guard checkedProduct(shape + [8]) != nil else {
      throw bytes.error(place, found: "shape \(shape.prefix(8))", expected: "one that fits in memory")
    }
  }

  /// The size of the numbers in bytes.
  var dataSize: Int { checkedProduct(shape + [type.size]) ?? 0 }
}

extension ElementType {
  /// The type of a numpy description such as `<f4`; nil if it is another.
  fileprivate init?(numpy text: String) {
    let types: [String: ElementType] = [
      "f2": .float16, "f4": .float32, "f8": .float64, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
      "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "b1": .bool,
    ]
    guard let order = text.first, let type = types[String(text.dropFirst())],
      order == "<" || (order == "|" || order == "=" || order == ">") && type.size == 1
    else { return nil }
    self = type
  }

  /// The description in numpy's format; nil if it has none (bfloat16).
  var numpyName: String? {
    switch self {
    case .float64: "<f8"
    case .float32: "<f4"
    case .float16: "<f2"
    case .bfloat16: nil
    case .int64: "<i8"
    case .int32: "<i4"
    case .int16: "<i2"
    case .int8: "|i1"
    case .uint64: "<u8"
    case .uint32: "<u4"
    case .uint16: "<u2"
    case .uint8: "|u1"
    case .bool: "|b1"
    }
  }
}

/// The three fields of a header, which is a Python dictionary.
private struct PythonFields {
  var type = ""
  var isColumnMajor = false
  var shape: [Int] = []

  init?(_ bytes: [UInt8]) {
    guard isUTF8(bytes) else { return nil }
    var text = String(decoding: bytes, as: UTF8.self).unicodeScalars[...]
    func skipSpace() { text = text.drop { $0 == " " || $0 == "\n" || $0 == "\t" } }
    func take(_ scalar: Unicode.Scalar) -> Bool {
      skipSpace()
      guard text.first == scalar else { return false }
      text.removeFirst()
      return true
    }
    func word() -> String {
      skipSpace()
      let word = text.prefix { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
      text = text.dropFirst(word.count)
      return String(String.UnicodeScalarView(word))
    }
    func quoted() -> String? {
      skipSpace()
      guard let mark = text.first, mark == "'" || mark == "\"" else { return nil }
      let inner = text.dropFirst().prefix { $0 != mark }
      text = text.dropFirst(inner.count + 2)
      return String(String.UnicodeScalarView(inner))
    }
    var keys: Set<String> = []
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = quoted(), take(":"), keys.insert(key).inserted else { return nil }
      switch key {
      case "descr":
        // A list describes records.
        guard let name = quoted() else { return nil }
        type = name
      case "fortran_order":
        let value = word()
        guard value == "True" || value == "False" else { return nil }
        isColumnMajor = value == "True"
      case "shape":
        guard take("(") else { return nil }
        while !take(")") {
          // Python 2 wrote `3L`.
          guard let extent = Int(word().replacing("L", with: "")), extent >= 0, shape.count < 64 else {
            return nil
          }
          shape.append(extent)
          guard take(",") || text.first == ")" else { return nil }
        }
      default: return nil
      }
      guard take(",") || text.first == "}" else { return nil }
    }
    skipSpace()
    guard text.isEmpty, keys.count == 3 else { return nil }
  }
}
