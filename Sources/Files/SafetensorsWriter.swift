/// Writes a safetensors file piece by piece, so that its tensors need not all be in memory.
///
/// The header comes first, so names, types and shapes are declared at the start; the numbers follow in the same order.
///
/// Source: the format's description at https://github.com/huggingface/safetensors.
public final class SafetensorsWriter {
  /// A tensor's entry in the header.
  public struct Entry: Sendable, Equatable {
    /// The name, unique in the file.
    public let name: String
    /// Extents of the axes, outermost first; empty for a single number.
    public let shape: [Int]
    /// The type of its elements.
    public let dtype: SafetensorsType
    /// The size of all elements in bytes.
    let byteCount: Int

    /// A tensor of 32-bit floats unless another type is given.
    ///
    /// - Precondition: the extents are not negative, and the size in bytes fits in an `Int`.
    public init(name: String, shape: [Int], dtype: SafetensorsType = .float32) {
      guard shape.allSatisfy({ $0 >= 0 }), let byteCount = elementCount(of: shape + [dtype.size]) else {
        preconditionFailure("tensor '\(name)': shape \(shape)")
      }
      (self.name, self.shape, self.dtype, self.byteCount) = (name, shape, dtype, byteCount)
    }
  }

  private let file: AtomicFile
  /// Bytes still to be written, in runs of the same type; the next run is last.
  private var missing: [(dtype: SafetensorsType, byteCount: Int)] = []
  /// The checksum of what is written so far, and the offset of its digits; nil if the file has no checksum.
  private var checksum: (sum: Checksum, place: Int)?

  /// Opens the file, which appears at its path in ``commit()``, and writes the header.
  ///
  /// Equal contents give equal bytes.
  ///
  /// - Parameters:
  ///   - path: the file's path.
  ///   - entries: the tensors in the order of their numbers.
  ///   - metadata: the header's `__metadata__`, strings by key.
  ///   - isChecked: whether the file gets a checksum of itself, as `checksum` in its metadata, for
  ///     ``SafetensorsReader/verifyChecksum()``; the path must then not be a pipe.
  /// - Precondition: no two tensors have the same name, and none is called `__metadata__`.
  /// - Throws: ``FileError`` if the file cannot be written.
  public convenience init(
    path: String, entries: [Entry], metadata: [String: String] = [:], isChecked: Bool = false
  ) throws(FileError) {
    try self.init(
      AtomicFile(path: path), entries: entries, metadata: metadata, isChecked: isChecked)
  }

  /// Writes the header to an empty file.
  ///
  /// - Parameters:
  ///   - file: the file; without a checksum of its own if `isChecked` is true.
  ///   - entries: see ``init(path:entries:metadata:isChecked:)``, also for the others.
  ///   - metadata: strings by key.
  ///   - isChecked: whether the file gets a checksum in its metadata.
  /// - Throws: ``FileError`` if the file cannot be written.
  package init(
    _ file: AtomicFile, entries: [Entry], metadata: [String: String] = [:], isChecked: Bool = false
  ) throws(FileError) {
    self.file = file
    for entry in entries.reversed() where entry.byteCount > 0 {
      if let last = missing.indices.last, missing[last].dtype == entry.dtype {
        missing[last].byteCount += entry.byteCount
      } else {
        missing.append((entry.dtype, entry.byteCount))
      }
    }
    var metadata = metadata
    if isChecked { metadata[SafetensorsChecksum.key] = SafetensorsChecksum.placeholder }
    let text = header(entries, metadata)
    let header = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) } + text
    if isChecked, let place = SafetensorsChecksum.place(in: header) {
      checksum = (Checksum(), place.lowerBound)
      unsafe checksum?.sum.add(header.span.bytes)
    }
    try file.write(header)
  }

  /// Writes the next 32-bit floats; a tensor may be split across calls.
  ///
  /// - Precondition: the header declares at least as many floats here.
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(_ values: [Float]) throws(FileError) { try unsafe write(values.span.bytes, .float32) }

  /// Writes the next bfloat16 numbers, each the upper half of a 32-bit float.
  ///
  /// - Precondition: the header declares at least as many of them here.
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(bfloat16Bits values: [UInt16]) throws(FileError) {
    try unsafe write(values.span.bytes, .bfloat16)
  }

  /// Writes the next 8-bit integers.
  ///
  /// - Precondition: the header declares at least as many of them here.
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(int8 values: [Int8]) throws(FileError) { try unsafe write(values.span.bytes, .int8) }

  private func write(_ bytes: RawSpan, _ dtype: SafetensorsType) throws(FileError) {
    guard bytes.byteCount > 0 else { return }
    let next = missing.popLast() ?? (dtype, 0)
    precondition(
      next.dtype == dtype && bytes.byteCount <= next.byteCount,
      "safetensors: \(bytes.byteCount) bytes of \(dtype), next are \(next.byteCount) of \(next.dtype)")
    if bytes.byteCount < next.byteCount { missing.append((dtype, next.byteCount - bytes.byteCount)) }
    checksum?.sum.add(bytes)
    #if _endian(little)
      try file.write(bytes)
    #else
      #error("safetensors are little-endian: swap the bytes here and in SafetensorsReader")
    #endif
  }

  /// Moves the file to its path, see ``AtomicFile/commit()``.
  ///
  /// - Precondition: all numbers that the header declares are written.
  /// - Throws: ``FileError``; the path is then unchanged.
  public func commit() throws(FileError) { try finish().commit() }

  /// The complete file, not at its path yet.
  ///
  /// - Precondition: all numbers that the header declares are written.
  /// - Throws: ``FileError``.
  package func finish() throws(FileError) -> AtomicFile {
    precondition(missing.isEmpty, "safetensors: \(missing.reduce(0) { $0 + $1.byteCount }) bytes are missing")
    if let checksum { try file.overwrite(Array(checksum.sum.digits.utf8), at: checksum.place) }
    return file
  }
}

private func header(_ entries: [SafetensorsWriter.Entry], _ metadata: [String: String]) -> [UInt8] {
  var names: Set<String> = ["__metadata__"]
  var members: [String] = []
  if !metadata.isEmpty {
    let texts = metadata.sorted { $0.key < $1.key }.map { "\(quotedJSON($0.key)):\(quotedJSON($0.value))" }
    members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
  }
  var offset = 0
  for entry in entries {
    precondition(names.insert(entry.name).inserted, "two tensors are called '\(entry.name)'")
    let end = offset + entry.byteCount
    let shape = entry.shape.map { "\($0)" }.joined(separator: ",")
    let place = "\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]"
    members.append("\(quotedJSON(entry.name)):{\"dtype\":\"\(entry.dtype.rawValue)\",\(place)}")
    offset = end
  }
  let header = Array("{\(members.joined(separator: ","))}".utf8)
  // Padded so that the numbers start at a multiple of 64 bytes of the file, for readers that map it. The format asks for
  // a multiple of 8.
  return header + repeatElement(UInt8(ascii: " "), count: (64 - (header.count + 8) % 64) % 64)
}
