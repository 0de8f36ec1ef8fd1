package import Files

/// An item to be written to a Marian model, with its numbers.
package struct MarianItem: Sendable {
  /// The name, unique in the file.
  package let name: String
  /// Extents of the axes, outermost first.
  package let shape: [Int]
  /// The type of the elements.
  package let type: MarianType
  /// Its bytes: elements and multiplier.
  private let values: Values

  private enum Values: Sendable {
    case floats([Float])
    case int8([Int8], multiplier: Float)
    case bytes([UInt8])
  }

  /// A tensor of 32-bit floats in row-major order.
  ///
  /// - Precondition: as many values as the shape has.
  package init(name: String, shape: [Int], values: [Float]) {
    precondition(checkedProduct(shape) == values.count, "item '\(name)': \(values.count) for \(shape)")
    (self.name, self.shape, type) = (name, shape, .plain(.float32))
    self.values = .floats(values)
  }

  /// A matrix of 8-bit integers.
  ///
  /// - Parameters:
  ///   - name: embeddings have a name that contains `Wemb`.
  ///   - shape: `[in, out]`, or `[vocabulary, size]` of embeddings.
  ///   - stored: the values in the order of the file: rows of `[out, in]`, or of `[vocabulary, size]`.
  ///   - multiplier: what the weights were multiplied by, usually 127 / max |w|.
  ///   - family: which program the file is for.
  /// - Precondition: as many values as the shape has.
  package init(name: String, shape: [Int], stored: [Int8], multiplier: Float, family: MarianFamily) {
    precondition(checkedProduct(shape) == stored.count, "item '\(name)': \(stored.count) for \(shape)")
    (self.name, self.shape, type) = (name, shape, .quantized(.int8, family))
    values = .int8(stored, multiplier: multiplier)
  }

  /// A text such as `special:model.yml`; a NUL is added.
  package init(name: String, text: String) {
    let bytes = Array(text.utf8) + [0]
    (self.name, shape, type) = (name, [bytes.count], .plain(.int8))
    values = .bytes(bytes)
  }

  /// An item of another file, with the same bytes.
  package init(_ item: MarianBinary.Item) {
    (name, shape, type) = (item.name, item.shape, item.type)
    values = .bytes(item.data.array)
  }

  fileprivate var byteCount: Int {
    switch values {
    case .floats(let values): 4 * values.count
    case .int8(let values, _): values.count + 4
    case .bytes(let bytes): bytes.count
    }
  }

  fileprivate func write(to file: AtomicFile) throws(FileError) {
    switch values {
    case .floats(let values): try unsafe file.write(values.span.bytes)
    case .int8(let values, let multiplier):
      try unsafe file.write(values.span.bytes)
      try file.write(littleEndian(multiplier.bitPattern))
    case .bytes(let bytes): try file.write(bytes)
    }
  }
}

/// Writes a Marian model, whole or not at all; see ``stagedMarianBinary(path:items:isAligned:)``.
///
/// - Throws: ``FileError`` if the file cannot be written.
package func writeMarianBinary(
  path: String, items: [MarianItem], isAligned: Bool = true
) throws(FileError) {
  try stagedMarianBinary(path: path, items: items, isAligned: isAligned).commit()
}

/// Makes the file of a Marian model.
///
/// - Parameters:
///   - path: the file.
///   - items: its items in their order.
///   - isAligned: whether the data of each item, except for texts, is padded to a multiple of 256 bytes, as by newer
///     versions of Marian; otherwise as by older ones. All versions read both.
/// - Precondition: no two items have the same name.
/// - Returns: the complete file, not at its path yet.
/// - Throws: ``FileError`` if the file cannot be written.
package func stagedMarianBinary(
  path: String, items: [MarianItem], isAligned: Bool = true
) throws(FileError) -> AtomicFile {
  precondition(Set(items.map { Array($0.name.utf8) }).count == items.count, "two items have one name")
  func padding(_ item: MarianItem) -> Int {
    isAligned && !item.name.hasPrefix("special:") ? (256 - item.byteCount % 256) % 256 : 0
  }
  var head = littleEndian(UInt64(1)) + littleEndian(UInt64(items.count))
  for item in items {
    for number in [item.name.utf8.count + 1, Int(item.type.code), item.shape.count] {
      head += littleEndian(UInt64(number))
    }
    head += littleEndian(UInt64(item.byteCount + padding(item)))
  }
  for item in items { head += Array(item.name.utf8) + [0] }
  for item in items { head += item.shape.flatMap { littleEndian(Int32(clamping: $0)) } }
  // Marian aligns to the next boundary even if it is at one.
  let gap = isAligned ? ((head.count + 8) / 256 + 1) * 256 - head.count - 8 : 0
  head += littleEndian(UInt64(gap)) + [UInt8](repeating: 0, count: gap)
  let file = try AtomicFile(path: path)
  try file.write(head)
  for item in items {
    try item.write(to: file)
    try file.write([UInt8](repeating: 0, count: padding(item)))
  }
  return file
}

/// The bytes of a number, lowest first.
func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
}
