/// Named arrays of numbers with their shapes, as the safetensors format keeps them.
///
/// Eight bytes hold the length of a JSON header, the header names each tensor's type, shape and place, and the
/// numbers follow, little-endian. Written as 32-bit floats; 16-bit floats of either kind are converted on reading.
///
/// Source: the format's description at https://github.com/huggingface/safetensors.
public struct SafetensorsFile: Sendable, Equatable {
  /// An array of numbers with its name.
  public struct Tensor: Sendable, Equatable {
    /// The name, unique in the file.
    public var name: String
    /// Extents of the axes, outermost first; empty for a single number.
    public var shape: [Int]
    /// The numbers, row by row.
    public var values: [Float]

    /// A tensor of the given values.
    ///
    /// - Precondition: `shape` has as many elements as `values`.
    public init(name: String, shape: [Int], values: [Float]) {
      precondition(
        shape.allSatisfy { $0 >= 0 } && elementCount(of: shape) == values.count,
        "tensor '\(name)': \(values.count) values for shape \(shape)")
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  /// The tensors in the order in which the file holds them.
  public var tensors: [Tensor]
  /// Texts by key, the header's `__metadata__`.
  public var metadata: [String: String]

  /// A file to be written.
  public init(_ tensors: [Tensor] = [], metadata: [String: String] = [:]) {
    (self.tensors, self.metadata) = (tensors, metadata)
  }

  /// Reads a whole file; ``SafetensorsReader`` reads single tensors.
  ///
  /// - Throws: ``FileError``, which names the tensor and what is wrong with it.
  public init(path: String) throws(FileError) {
    let reader = try SafetensorsReader(path: path)
    self.init(metadata: reader.metadata)
    for entry in reader.entries {
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: try reader.values(of: entry)))
    }
  }

  /// The tensor of a name; nil if there is none.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }
}

// MARK: - Writing

extension SafetensorsFile {
  /// Writes the file whole or not at all; the same content gives the same bytes.
  ///
  /// - Precondition: no two tensors have the same name, and none is called `__metadata__`.
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(path: String) throws(FileError) {
    let file = try AtomicFile(path: path)
    let header = header()
    try file.write((0..<8).map { UInt8(truncatingIfNeeded: header.count >> ($0 * 8)) })
    try file.write(header)
    for tensor in tensors {
      #if _endian(little)
        try unsafe file.write(tensor.values.span.bytes)
      #else
        #error("safetensors are little-endian: swap the bytes here and in SafetensorsReader")
      #endif
    }
    try file.commit()
  }

  private func header() -> [UInt8] {
    var names: Set<String> = ["__metadata__"]
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(quotedJSON($0.key)):\(quotedJSON($0.value))" }
      members.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for tensor in tensors {
      precondition(names.insert(tensor.name).inserted, "two tensors are called '\(tensor.name)'")
      let end = offset + tensor.values.count * MemoryLayout<Float>.size
      let shape = tensor.shape.map { "\($0)" }.joined(separator: ",")
      members.append(
        "\(quotedJSON(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}"
      )
      offset = end
    }
    let header = Array("{\(members.joined(separator: ","))}".utf8)
    // Spaces up to a multiple of 8: readers that map the file need aligned numbers.
    return header + repeatElement(UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
  }
}
