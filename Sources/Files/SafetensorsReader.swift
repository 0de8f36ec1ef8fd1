/// Reads single tensors from a safetensors file, without holding the others in memory.
public final class SafetensorsReader {
  /// What the header says of a tensor.
  public struct Entry: Sendable, Equatable {
    /// The name, unique in the file.
    public let name: String
    /// The type of number as the file names it: `F32`, `BF16`, `I64`, ….
    public let dtype: String
    /// Extents of the axes, outermost first.
    public let shape: [Int]
    /// Where its bytes lie, counted from the end of the header.
    let range: Range<Int>
  }

  /// The tensors in the order of their bytes.
  public let entries: [Entry]
  /// Texts by key, the header's `__metadata__`.
  public let metadata: [String: String]

  let file: OpenFile
  /// Bytes of the whole file, and of all before the numbers.
  let size: Int
  let dataStart: Int

  /// Opens a file and checks its whole header against its size.
  ///
  /// - Throws: ``FileError`` that names the tensor and what is wrong.
  public init(path: String) throws(FileError) {
    file = try OpenFile.reading(path)
    size = try file.size()
    guard size >= 8 else {
      throw headerError(
        path, found: "a file of \(size) bytes", expected: "at least 8, the length of the header")
    }
    let length = try file.readBytes(count: 8, at: 0).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(size - 8) else {
      throw headerError(
        path, found: "a header of \(length) bytes",
        expected: "at most the \(size - 8) that follow in the file")
    }
    dataStart = 8 + Int(length)
    let header = SafetensorsHeader(path: path, dataSize: size - dataStart)
    (entries, metadata) = try header.parse(file.readBytes(count: Int(length), at: 8))
  }

  /// The entry of a name; nil if there is none.
  public func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// Reads a tensor's numbers, row by row, as 32-bit floats.
  ///
  /// - Throws: ``FileError`` if reading fails or the numbers are of another type than F32, F16 and BF16.
  public func values(of entry: Entry) throws(FileError) -> [Float] {
    switch entry.dtype {
    case "F32": return try read(entry, zero: Float(0))
    case "F16": return try read(entry, zero: UInt16(0)).map { Float(Float16(bitPattern: $0)) }
    case "BF16": return try read(entry, zero: UInt16(0)).map { Float(bitPattern: UInt32($0) << 16) }
    default:
      throw .invalidFormat(
        path: file.name, place: "tensor '\(entry.name)'", found: "numbers of type \(entry.dtype)",
        expected: "F32, F16 or BF16", hint: "convert the model first")
    }
  }

  private func read<Number: BitwiseCopyable>(_ entry: Entry, zero: Number) throws(FileError) -> [Number] {
    var numbers = [Number](repeating: zero, count: entry.range.count / MemoryLayout<Number>.size)
    try file.read(&numbers, at: dataStart + entry.range.lowerBound)
    return numbers
  }
}

func headerError(_ path: String, found: String, expected: String) -> FileError {
  .invalidFormat(
    path: path, place: "", found: found, expected: expected,
    hint: "the file is no safetensors file or was cut off; copy it again")
}
