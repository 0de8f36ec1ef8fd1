/// The contents of a safetensors file: named arrays of numbers with their shapes.
///
/// The first eight bytes are the length of a JSON header, which lists the type, shape and position of each tensor; the
/// numbers follow, little-endian. Tensors are written as 32-bit floats; both 16-bit formats are converted when read.
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

  /// The tensors in the order of the file.
  public var tensors: [Tensor]
  /// The header's `__metadata__`: strings by key.
  public var metadata: [String: String]

  /// A file with these tensors.
  public init(_ tensors: [Tensor] = [], metadata: [String: String] = [:]) {
    (self.tensors, self.metadata) = (tensors, metadata)
  }

  /// Reads a whole file; ``SafetensorsReader`` reads single tensors.
  ///
  /// - Throws: ``FileError``, which names the tensor and the problem.
  public init(path: String) throws(FileError) {
    let reader = try SafetensorsReader(path: path)
    self.init(metadata: reader.metadata)
    for entry in reader.entries {
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: try reader.values(of: entry)))
    }
  }

  /// The tensor with this name; nil if there is none.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }
}

// MARK: - Writing

extension SafetensorsFile {
  /// Writes the file whole or not at all; ``SafetensorsWriter`` writes tensors without holding all of them in memory.
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
