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
  /// Writes the file whole or not at all; ``SafetensorsWriter`` writes tensors that are not in memory together.
  ///
  /// - Precondition: no two tensors have the same name, and none is called `__metadata__`.
  /// - Throws: ``FileError`` if the file cannot be written.
  public func write(path: String) throws(FileError) {
    let entries = tensors.map { SafetensorsWriter.Entry(name: $0.name, shape: $0.shape) }
    let writer = try SafetensorsWriter(path: path, entries: entries, metadata: metadata)
    for tensor in tensors { try writer.write(tensor.values) }
    try writer.commit()
  }
}
