package import Files

/// A model in Marian's binary format, version 1, as Bergamot's and Firefox's models are.
///
/// ```
/// u64 version | u64 n | n × { u64 name length, u64 type, u64 rank, u64 data length }
/// n names, each ended by NUL | n × rank × i32 extents | u64 padding | padding | n × data
/// ```
///
/// In newer files, data starts at a multiple of 256 bytes; older ones differ only in the lengths.
///
/// Source: `src/common/binary.cpp` of marian-nmt/marian-dev.
package struct MarianBinary: Sendable {
  /// What an item's name, type and bytes are in the file.
  package struct Item: Sendable {
    /// The name, unique in the file.
    package let name: String
    /// The type of its elements.
    package let type: MarianType
    /// Extents of the axes, outermost first.
    package let shape: [Int]
    /// All its bytes: elements, multiplier, and padding.
    package let data: FileBytes
  }

  /// The items in the order of the file.
  package let items: [Item]
  /// The file's path, for messages.
  package let path: String

  /// Opens a file and checks all its lengths.
  ///
  /// - Throws: ``FileError``, which names the item and the problem.
  package init(path: String) throws(FileError) { try self.init(FileBytes(path: path)) }

  /// Checks the bytes of a file.
  ///
  /// - Throws: see ``init(path:)``.
  package init(_ bytes: FileBytes) throws(FileError) {
    var parser = try MarianBinaryParser(bytes)
    (items, path) = (try parser.items(), bytes.path)
  }

  /// The tensors and texts.
  ///
  /// Items whose name begins with `special:` are texts. Quantized matrices are stored transposed, except embeddings, whose
  /// names contain `Wemb`.
  ///
  /// - Throws: ``FileError`` if two items have the same name.
  package func tensorFile() throws(FileError) -> TensorFile {
    var texts: [String: String] = [:]
    var tensors: [ForeignTensor] = []
    for item in items {
      if item.name.hasPrefix("special:") {
        texts[item.name] = marianText(item.data)
      } else {
        tensors.append(item.tensor)
      }
    }
    return try TensorFile(path: path, tensors: tensors, texts: texts)
  }
}

extension MarianBinary.Item {
  /// The size of the elements in bytes.
  private var elementSize: Int { checkedProduct(shape + [type.element.size]) ?? 0 }

  fileprivate var tensor: ForeignTensor {
    let elements = data.part(from: 0, count: elementSize) ?? data
    switch type {
    case .plain(let element):
      return ForeignTensor(name: name, shape: shape, type: element, source: .plain(elements))
    case .quantized(let element, _):
      let bits: UInt32 = data.number(at: elementSize) ?? 0
      let isTransposed = shape.count > 1 && !name.contains("Wemb")
      return ForeignTensor(
        name: name, shape: shape, type: element, order: isTransposed ? .columnMajor : .rowMajor,
        multiplier: Float(bitPattern: bits), source: .plain(elements))
    }
  }
}

/// The text of a `special:` item, without the NUL or the spaces that end it.
func marianText(_ bytes: FileBytes) -> String {
  var text = bytes.array[...]
  if let end = text.firstIndex(of: 0) { text = text[..<end] }
  while let last = text.last, last == 0x20 { text.removeLast() }
  return String(decoding: text, as: UTF8.self)
}
