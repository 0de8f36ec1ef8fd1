public import Files
public import Tensors

extension Transformer {
  /// The header entries of the parameters, in the order in which they are stored.
  public func entries(prefix: String = "") -> [SafetensorsWriter.Entry] {
    parameters.map { SafetensorsWriter.Entry(name: prefix + $0.name, shape: $0.extents) }
  }

  /// Writes the numbers of a buffer for the tensors of ``entries(prefix:)``.
  ///
  /// - Throws: `FileError` if writing fails.
  public func write(_ buffer: FlatBuffer, to writer: SafetensorsWriter) throws(FileError) {
    precondition(buffer.count == parameterCount, "\(buffer.count) numbers for \(parameterCount) parameters")
    // Parameters are stored one after another, in the order of the entries.
    try writer.write(buffer, 0..<buffer.count)
  }

  /// Finds all parameters by name in their stored types, for inference; tensors that the architecture does not have are
  /// ignored.
  ///
  /// The file is mapped into memory if possible: then it must not be changed while the weights are in use, but may be
  /// replaced by renaming another file to its name.
  ///
  /// - Throws: ``CheckpointError``, or `FileError` for a damaged file.
  public func readWeights(_ file: SafetensorsReader, path: String) throws -> ModelWeights {
    try readWeights(file, file.contents(), path: path)
  }

  /// Finds all parameters by name in the contents of a file.
  ///
  /// What is not aligned there or has another type in memory, such as 16-bit vectors, is copied.
  ///
  /// - Throws: ``CheckpointError``, or `FileError` for a damaged file.
  package func readWeights(_ file: SafetensorsReader, _ contents: FileContents, path: String) throws
    -> ModelWeights
  {
    let source = try ParameterFile(file, path: path)
    // Everything is checked before memory is allocated, since the architecture may come from a damaged file.
    let types = try parameters.map { try source.type(of: $0) }
    let views = try unsafe parameters.map { try unsafe source.view(of: $0, in: contents) }
    return try unsafe ModelWeights(parameters, stored: views, types: types) { try source.values(of: $0) }
  }

  /// Reads all parameters by name as 32-bit floats, for training; tensors that the architecture does not have are
  /// ignored.
  ///
  /// - Throws: ``CheckpointError``, or `FileError` for a damaged file.
  public func readParameters(_ file: SafetensorsReader, path: String, prefix: String = "") throws
    -> FlatBuffer
  {
    // Everything is checked before memory is allocated, since the architecture may come from a damaged file.
    try requireParameters(file, path: path, prefix: prefix)
    let buffer = FlatBuffer(count: parameterCount)
    try readParameters(parameters, file, path: path, prefix: prefix, into: buffer)
    return buffer
  }

  /// Reads some parameters by name into a buffer of all and leaves the others unchanged, for example to start with
  /// another model's encoder.
  ///
  /// - Parameters:
  ///   - items: parameters of this architecture, such as those of ``parameters(of:)`` or ``parameters(withPrefix:)``.
  ///   - file: has tensors of these names; others are ignored.
  ///   - path: the file's name, for messages.
  ///   - prefix: what precedes the names in the file.
  ///   - buffer: of all parameters.
  /// - Throws: ``CheckpointError``, or `FileError` for a damaged file; some parameters may have been read by then.
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

  /// Checks that a file has all parameters with their shapes.
  func requireParameters(_ file: SafetensorsReader, path: String, prefix: String = "") throws {
    let source = try ParameterFile(file, path: path, prefix: prefix)
    for item in parameters { _ = try source.type(of: item) }
  }
}

extension SafetensorsWriter {
  /// Writes the numbers of a buffer in `range`, a part at a time, since a copy of all would be as large as the model.
  ///
  /// - Throws: `FileError` if writing fails.
  public func write(_ buffer: FlatBuffer, _ range: Range<Int>) throws(FileError) {
    for start in stride(from: range.lowerBound, to: range.upperBound, by: floatsPerPart) {
      try write(buffer.array(start..<min(start + floatsPerPart, range.upperBound)))
    }
  }
}

private let floatsPerPart = 1 << 20
