import Files

/// Reads the parts of a `model.bin` one after another, trusting none of its numbers.
struct CTranslate2Parser {
  private let bytes: FileBytes
  private var position = 0

  init(_ bytes: FileBytes) { self.bytes = bytes }

  /// Types by their number in the file.
  static let types: [ElementType] = [.float32, .int8, .int16, .int32, .float16, .bfloat16]

  mutating func version() throws(FileError) -> Int {
    let version = try number(UInt32.self, "the binary version")
    guard 2...6 ~= version else {
      throw bytes.error(
        found: "binary version \(version)", expected: "a CTranslate2 model of version 2 to 6",
        hint: "check that the file is the model.bin of CTranslate2; convert older ones again")
    }
    return Int(version)
  }

  mutating func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, _ what: String
  ) throws(FileError) -> Number {
    guard let value: Number = bytes.number(at: position) else {
      throw bytes.error("byte \(position)", found: "the end", expected: what)
    }
    position += Number.bitWidth / 8
    return value
  }

  private mutating func take(_ length: UInt64, _ what: String) throws(FileError) -> FileBytes {
    guard length <= UInt64(bytes.count - position), let part = bytes.part(from: position, count: Int(length))
    else {
      throw bytes.error(
        what, found: "\(length) bytes announced",
        expected: "at most the \(bytes.count - position) that are left")
    }
    position += Int(length)
    return part
  }

  mutating func text(_ what: String) throws(FileError) -> String {
    let text = try take(UInt64(number(UInt16.self, what)), what).array
    guard text.count > 1, text.last == 0, !text.dropLast().contains(0), isUTF8(text) else {
      throw bytes.error("byte \(position)", found: "no text that ends in NUL", expected: what)
    }
    return String(decoding: text.dropLast(), as: UTF8.self)
  }

  mutating func variables(version: Int) throws(FileError) -> [ForeignTensor] {
    let count = try number(UInt32.self, "the number of variables")
    // Each has at least a name of two bytes, its length, a rank, a type, and a length.
    guard Int(count) <= (bytes.count - position) / 10 else {
      throw bytes.error(found: "\(count) variables", expected: "no more than the file has room for")
    }
    var variables: [ForeignTensor] = []
    for _ in 0..<count { variables.append(try variable(version)) }
    return variables
  }

  private mutating func variable(_ version: Int) throws(FileError) -> ForeignTensor {
    let name = try text("the name of a variable")
    let place = "variable '\(name)'"
    let rank = try number(UInt8.self, place)
    var shape: [Int] = []
    for _ in 0..<rank { shape.append(Int(try number(UInt32.self, place))) }
    let code = try number(UInt8.self, place)
    var length = UInt64(try number(UInt32.self, place))
    // Before version 4, only the size of the type was written.
    let types: [UInt8: ElementType] = [4: .float32, 2: .int16, 1: .int8]
    if version < 4 { length *= UInt64(code) }
    guard
      let type = version < 4
        ? types[code]
        : code < CTranslate2Parser.types.count ? CTranslate2Parser.types[Int(code)] : nil
    else {
      throw bytes.error(
        place, found: "the type \(code)", expected: "float32, float16, bfloat16, int8, int16 or int32")
    }
    guard let size = checkedProduct(shape + [type.size]), UInt64(size) == length else {
      throw bytes.error(
        place, found: "\(length) bytes", expected: "those of shape \(shape) of \(type.rawValue)")
    }
    return ForeignTensor(name: name, shape: shape, type: type, source: .plain(try take(length, place)))
  }

  mutating func aliases() throws(FileError) -> [CTranslate2Model.Alias] {
    let count = try number(UInt32.self, "the number of aliases")
    guard Int(count) <= (bytes.count - position) / 8 else {
      throw bytes.error(found: "\(count) aliases", expected: "no more than the file has room for")
    }
    var aliases: [CTranslate2Model.Alias] = []
    for _ in 0..<count {
      let name = try text("an alias")
      aliases.append(.init(name: name, variable: try text("a variable's name")))
    }
    return aliases
  }

  func finish() throws(FileError) {
    guard position == bytes.count else {
      throw bytes.error(found: "\(bytes.count - position) bytes after the last variable", expected: "none")
    }
  }
}
