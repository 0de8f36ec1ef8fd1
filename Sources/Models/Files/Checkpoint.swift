public import Files
public import Tensors

extension Transformer {
  /// What the header of a file says of the parameters, in the order in which they lie.
  public func entries(prefix: String = "") -> [SafetensorsWriter.Entry] {
    parameters.map { SafetensorsWriter.Entry(name: prefix + $0.name, shape: $0.extents) }
  }

  /// Writes the numbers of a buffer for the tensors of ``entries(prefix:)``.
  ///
  /// - Throws: `FileError` where they cannot be written.
  public func write(_ buffer: FlatBuffer, to writer: SafetensorsWriter) throws(FileError) {
    precondition(buffer.count == parameterCount, "\(buffer.count) numbers for \(parameterCount) parameters")
    // Parameters lie one behind the other, in the order of the entries.
    try writer.write(buffer, 0..<buffer.count)
  }

  /// Reads all parameters by their names, each as it is stored: for inference; tensors that the architecture does not
  /// know are passed over.
  ///
  /// No more than one tensor is in memory twice.
  ///
  /// - Throws: ``CheckpointError``, or `FileError` for a file that is damaged.
  public func readWeights(_ file: SafetensorsReader, path: String) throws -> ModelWeights {
    let source = try ParameterFile(file, path: path)
    // Everything is compared before memory is asked for: the architecture may come from a damaged file.
    let types = try parameters.map { try source.type(of: $0) }
    return try ModelWeights(parameters, types: types) { try source.values(of: $0) }
  }

  /// Reads all parameters by their names as 32-bit floats: for training; tensors that the architecture does not know
  /// are passed over.
  ///
  /// - Throws: ``CheckpointError``, or `FileError` for a file that is damaged.
  public func readParameters(_ file: SafetensorsReader, path: String, prefix: String = "") throws
    -> FlatBuffer
  {
    // Everything is compared before memory is asked for: the architecture may come from a damaged file.
    try requireParameters(file, path: path, prefix: prefix)
    let buffer = FlatBuffer(count: parameterCount)
    try readParameters(parameters, file, path: path, prefix: prefix, into: buffer)
    return buffer
  }

  /// Reads some of the parameters by their names into a buffer of all, and leaves the others as they are: to start
  /// with another model's encoder, for example.
  ///
  /// - Parameters:
  ///   - items: of this architecture, as ``parameters(of:)`` or ``parameters(withPrefix:)`` finds them.
  ///   - file: has tensors of these names; what else it has is passed over.
  ///   - path: the file's name, for messages.
  ///   - prefix: what stands before the names in the file.
  ///   - buffer: of all parameters.
  /// - Throws: ``CheckpointError``, or `FileError` for a file that is damaged; then some may have been read.
  public func readParameters(
    _ items: [NamedParameter], _ file: SafetensorsReader, path: String, prefix: String = "",
    into buffer: FlatBuffer
  ) throws {
    precondition(buffer.count == parameterCount, "\(buffer.count) numbers for \(parameterCount) parameters")
    let source = try ParameterFile(file, path: path, prefix: prefix)
    for item in items {
      buffer.replace(at: item.parameter.offset, with: try source.values(of: item).floats)
    }
  }

  /// Makes sure that a file has all parameters in their shapes.
  func requireParameters(_ file: SafetensorsReader, path: String, prefix: String = "") throws {
    let source = try ParameterFile(file, path: path, prefix: prefix)
    for item in parameters { _ = try source.type(of: item) }
  }
}

extension SafetensorsWriter {
  /// Writes the numbers of a buffer in `range`, a part at a time: a copy of all would be as large as the model.
  ///
  /// - Throws: `FileError` where they cannot be written.
  public func write(_ buffer: FlatBuffer, _ range: Range<Int>) throws(FileError) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: floatsPerPart) {
      try write(buffer.array(start..<min(start + floatsPerPart, range.upperBound)))
    }
  }
}

private let floatsPerPart = 1 << 20
