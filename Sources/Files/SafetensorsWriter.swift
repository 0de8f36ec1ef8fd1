/// Writes a safetensors file number by number, so that its tensors need not be in memory together.
///
/// The header comes first, so names and shapes are told at the start; the numbers follow in the same order.
///
/// Source: the format's description at https://github.com/huggingface/safetensors.
public final class SafetensorsWriter {
  /// What the header says of a tensor.
  public struct Entry: Sendable, Equatable {
    /// The name, unique in the file.
    public let name: String
    /// Extents of the axes, outermost first; empty for a single number.
    public let shape: [Int]
    /// Numbers that the tensor holds.
    public let count: Int

    /// A tensor of 32-bit floats.
    ///
    /// - Precondition: the extents are not negative, and a computer can count the numbers.
    public init(name: String, shape: [Int]) {
      guard shape.allSatisfy({ $0 >= 0 }), let count = elementCount(of: shape) else {
        preconditionFailure("tensor '\(name)': shape \(shape)")
      }
      (self.name, self.shape, self.count) = (name, shape, count)
    }
  }

  private let file: AtomicFile
  /// Numbers that are still to come.
  private var missing: Int
  /// Of what is written so far, and where its digits go at the end; nil: the file carries none.
  private var checksum: (sum: Checksum, place: Int)?

  /// Opens the file, which appears at its path in ``commit()``, and writes the header; the same content gives
  /// the same bytes.
  ///
  /// - Parameters:
  ///   - path: where the file shall appear.
  ///   - entries: the tensors in the order of their numbers.
  ///   - metadata: texts by key, the header's `__metadata__`.
  ///   - isChecked: whether the file carries a checksum of itself, as `checksum` in its metadata, for
  ///     ``SafetensorsReader/verifyChecksum()``; the path must be that of a file then, not of a pipe.
  /// - Precondition: no two tensors have the same name, and none is called `__metadata__`.
  /// - Throws: ``FileError`` if the file cannot be written.
  public init(
    path: String, entries: [Entry], metadata: [String: String] = [:], isChecked: Bool = false
  ) throws(FileError) {
    file = try AtomicFile(path: path)
    missing = entries.reduce(0) { $0 + $1.count }
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

  /// Writes the numbers that come next; a tensor's may come in several calls.
  ///
  /// - Precondition: no more numbers than the header has announced.
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(_ values: [Float]) throws(FileError) {
    precondition(values.count <= missing, "safetensors: \(values.count) numbers, \(missing) are missing")
    missing -= values.count
    unsafe checksum?.sum.add(values.span.bytes)
    #if _endian(little)
      try unsafe file.write(values.span.bytes)
    #else
      #error("safetensors are little-endian: swap the bytes here and in SafetensorsReader")
    #endif
  }

  /// Puts the file in place, see ``AtomicFile/commit()``.
  ///
  /// - Precondition: all numbers that the header has announced are written.
  /// - Throws: ``FileError``; then the path is as it was before.
  public func commit() throws(FileError) {
    precondition(missing == 0, "safetensors: \(missing) numbers are missing")
    if let checksum { try file.overwrite(Array(checksum.sum.digits.utf8), at: checksum.place) }
    try file.commit()
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
    let end = offset + entry.count * MemoryLayout<Float>.size
    let shape = entry.shape.map { "\($0)" }.joined(separator: ",")
    members.append(
      "\(quotedJSON(entry.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}"
    )
    offset = end
  }
  let header = Array("{\(members.joined(separator: ","))}".utf8)
  // Spaces up to a multiple of 8: readers that map the file need aligned numbers.
  return header + repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
}
