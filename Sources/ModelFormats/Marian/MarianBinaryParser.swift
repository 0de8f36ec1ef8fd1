import Files

/// Reads the headers of a Marian binary, trusting none of its numbers.
struct MarianBinaryParser {
  private let bytes: FileBytes
  private var position = 0
  private let count: Int

  /// Reads version and number of items.
  init(_ bytes: FileBytes) throws(FileError) {
    self.bytes = bytes
    guard let version: UInt64 = bytes.number(at: 0), let count: UInt64 = bytes.number(at: 8) else {
      throw bytes.error(
        found: "a file of \(bytes.count) bytes", expected: "a Marian model, at least 16 bytes long")
    }
    guard version == 1 else {
      throw bytes.error(
        found: version & 0xffff == 0x8b1f ? "a gzip file" : "version \(version)",
        expected: "version 1 of Marian's binary format",
        hint: version & 0xffff == 0x8b1f
          ? "decompress it first: gzip -d '\(bytes.path)'" : "check that the file is a Marian model (.bin)")
    }
    guard count <= UInt64((bytes.count - 16) / 32) else {
      throw bytes.error(
        found: "\(count) items", expected: "at most \((bytes.count - 16) / 32) in \(bytes.count) bytes")
    }
    (self.count, position) = (Int(count), 16 + 32 * Int(count))
  }

  private func header(_ index: Int, _ field: Int) -> UInt64 {
    bytes.number(at: 16 + 32 * index + 8 * field) ?? 0
  }

  /// All items, with names, shapes and data inside the file.
  mutating func items() throws(FileError) -> [MarianBinary.Item] {
    var names: [String] = []
    for index in 0..<count { names.append(try name(index)) }
    var shapes: [[Int]] = []
    for index in 0..<count { shapes.append(try shape(index, names[index])) }
    try skipPadding()
    var items: [MarianBinary.Item] = []
    for index in 0..<count { items.append(try item(index, names[index], shapes[index])) }
    guard position == bytes.count else {
      throw bytes.error(found: "\(bytes.count - position) bytes after the last item", expected: "none")
    }
    return items
  }

  /// The next bytes of a length from the file; nil if there are fewer.
  private mutating func take(_ length: UInt64) -> FileBytes? {
    guard length <= UInt64(bytes.count - position) else { return nil }
    defer { position += Int(length) }
    return bytes.part(from: position, count: Int(length))
  }

  private mutating func name(_ index: Int) throws(FileError) -> String {
    let length = header(index, 0)
    guard length > 1, let text = take(length)?.array, text.last == 0, !text.dropLast().contains(0),
      isUTF8(text)
    else {
      throw bytes.error(
        "item \(index + 1)", found: "a name of \(length) bytes that is cut off, empty or no UTF-8",
        expected: "a name that ends in NUL")
    }
    return String(decoding: text.dropLast(), as: UTF8.self)
  }

  private mutating func shape(_ index: Int, _ name: String) throws(FileError) -> [Int] {
    let rank = header(index, 2)
    let (length, overflow) = rank.multipliedReportingOverflow(by: 4)
    guard !overflow, let data = take(length) else {
      throw bytes.error(
        "item '\(name)'", found: "\(rank) axes", expected: "no more than the file has room for")
    }
    let shape = data.numbers(Int32.self).map { Int(Int32(littleEndian: $0)) }
    guard checkedProduct(shape + [8]) != nil else {
      throw bytes.error(
        "item '\(name)'", found: "shape \(shape.prefix(8))", expected: "extents whose product fits in memory")
    }
    return shape
  }

  private mutating func skipPadding() throws(FileError) {
    guard let length = take(8)?.number(at: 0, UInt64.self), take(length) != nil else {
      throw bytes.error(found: "padding beyond the end of the file", expected: "the data of \(count) items")
    }
  }

  private mutating func item(
    _ index: Int, _ name: String, _ shape: [Int]
  ) throws(FileError) -> MarianBinary.Item {
    let (code, length) = (header(index, 1), header(index, 3))
    guard let type = MarianType(code: code) else {
      throw bytes.error(
        "item '\(name)'",
        found: MarianType.packedName(code: code).map { "numbers packed for one kind of processor (\($0))" }
          ?? "the type 0x\(String(code, radix: 16))", expected: "float32, float16 or intgemm8",
        hint: "convert it with 'marian-conv' from the model.npz that it was made from")
    }
    let needed = (checkedProduct(shape + [type.element.size]) ?? .max - 4) + type.extraSize
    guard length >= UInt64(needed), let data = take(length) else {
      throw bytes.error(
        "item '\(name)'", found: "\(length) bytes, \(bytes.count - position) of them in the file",
        expected: "at least \(needed) for shape \(shape)")
    }
    return MarianBinary.Item(name: name, type: type, shape: shape, data: data)
  }
}
