/// Reads tensors one at a time from a safetensors file, without holding the others in memory.
public final class SafetensorsReader {
  /// A tensor's entry in the header.
  public struct Entry: Sendable, Equatable {
    /// The name, unique in the file.
    public let name: String
    /// The type of its elements.
    public let dtype: SafetensorsType
    /// Extents of the axes, outermost first.
    public let shape: [Int]
    /// The range of its bytes, counted from the end of the header.
    let range: Range<Int>
  }

  /// The tensors in the order of their bytes.
  public let entries: [Entry]
  /// The index in ``entries`` by name.
  private let indexByName: [String: Int]
  /// The header's `__metadata__`: strings by key.
  public let metadata: [String: String]

  let file: OpenFile
  /// The size of the whole file and of the part before the numbers, in bytes.
  let size: Int
  let dataStart: Int

  /// Opens a file and checks its whole header against its size.
  ///
  /// - Throws: ``FileError``, which names the tensor and the problem.
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
    indexByName = Dictionary(uniqueKeysWithValues: zip(entries.map(\.name), 0...))
  }

  /// The entry with this name; nil if there is none.
  public func entry(_ name: String) -> Entry? { indexByName[name].map { entries[$0] } }

  /// Reads a tensor's elements as 32-bit floats, in row-major order.
  ///
  /// - Throws: ``FileError`` if reading fails or the type is not F32, F16 or BF16.
  public func values(of entry: Entry) throws(FileError) -> [Float] {
    switch entry.dtype {
    case .float32: return try read(entry, zero: Float(0))
    case .float16: return try read(entry, zero: UInt16(0)).map { Float(Float16(bitPattern: $0)) }
    case .bfloat16: return try bfloat16Bits(of: entry).map { Float(bitPattern: UInt32($0) << 16) }
    default: throw wrongType(entry, expected: [.float32, .float16, .bfloat16])
    }
  }

  /// Reads the bits of a bfloat16 tensor, the upper halves of 32-bit floats, in row-major order.
  ///
  /// - Throws: ``FileError`` if reading fails or the type is not BF16.
  public func bfloat16Bits(of entry: Entry) throws(FileError) -> [UInt16] {
    guard entry.dtype == .bfloat16 else { throw wrongType(entry, expected: [.bfloat16]) }
    return try read(entry, zero: 0)
  }

  /// Reads the elements of an 8-bit integer tensor, in row-major order.
  ///
  /// - Throws: ``FileError`` if reading fails or the type is not I8.
  public func int8Values(of entry: Entry) throws(FileError) -> [Int8] {
    guard entry.dtype == .int8 else { throw wrongType(entry, expected: [.int8]) }
    return try read(entry, zero: 0)
  }

  private func read<Number: BitwiseCopyable>(_ entry: Entry, zero: Number) throws(FileError) -> [Number] {
    var numbers = [Number](repeating: zero, count: entry.range.count / MemoryLayout<Number>.size)
    try file.read(&numbers, at: dataStart + entry.range.lowerBound)
    return numbers
  }

  /// The whole file in memory, see ``FileContents``.
  ///
  /// - Parameter mayMap: whether the file may be mapped.
  /// - Returns: all its bytes.
  /// - Throws: ``FileError`` if reading fails.
  package func contents(mayMap: Bool = true) throws(FileError) -> FileContents {
    try FileContents(file, count: size, mayMap: mayMap)
  }

  /// The range of a tensor's bytes in the file.
  package func place(of entry: Entry) -> Range<Int> {
    dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
  }

  private func wrongType(_ entry: Entry, expected: [SafetensorsType]) -> FileError {
    .invalidFormat(
      path: file.name, place: "tensor '\(entry.name)'", found: "numbers of type \(entry.dtype.rawValue)",
      expected: words(expected.map(\.rawValue)), hint: "convert the model first")
  }
}

/// `a`, `a or b`, `a, b or c`.
private func words(_ choices: [String]) -> String {
  guard let last = choices.last, choices.count > 1 else { return choices.first ?? "" }
  return choices.dropLast().joined(separator: ", ") + " or " + last
}

func headerError(_ path: String, found: String, expected: String) -> FileError {
  .invalidFormat(
    path: path, place: "", found: found, expected: expected,
    hint: "the file is not a safetensors file or was cut off; copy it again")
}
