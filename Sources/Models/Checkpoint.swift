public import Files
public import Tensors

/// What can be wrong with the weights of a model folder.
public enum CheckpointError: Error, Equatable {
  /// A parameter of the architecture is not in the file.
  case missing(path: String, name: String)
  /// A parameter has other extents than the architecture.
  case wrongShape(path: String, name: String, found: [Int], expected: [Int])
  /// A weight is infinite or not a number.
  case notFinite(path: String, name: String)
}

extension CheckpointError: CustomStringConvertible {
  /// File, parameter, what was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .missing(let path, let name):
      "'\(path)' has no tensor '\(name)', which config.json beside it asks for; the two files are of different models"
    case .wrongShape(let path, let name, let found, let expected):
      """
      '\(path)': tensor '\(name)' has shape \(found), expected \(expected) as of config.json and the vocabulary; \
      the files are of different models
      """
    case .notFinite(let path, let name):
      "'\(path)': tensor '\(name)' holds a value that is infinite or no number; use an earlier checkpoint"
    }
  }
}

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

  /// Reads all parameters by their names; tensors that the architecture does not know are passed over.
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
    for item in items {
      buffer.replace(
        at: item.parameter.offset, with: try values(of: item, file, path: path, prefix: prefix))
    }
  }

  /// Makes sure that a file has all parameters in their shapes.
  func requireParameters(_ file: SafetensorsReader, path: String, prefix: String = "") throws {
    for item in parameters { _ = try entry(of: item, file, path: path, prefix: prefix) }
  }

  /// Reads one parameter.
  func values(of item: NamedParameter, _ file: SafetensorsReader, path: String, prefix: String = "") throws
    -> [Float]
  {
    let values = try file.values(of: entry(of: item, file, path: path, prefix: prefix))
    guard values.allSatisfy(\.isFinite) else {
      throw CheckpointError.notFinite(path: path, name: prefix + item.name)
    }
    return values
  }

  private func entry(
    of item: NamedParameter, _ file: SafetensorsReader, path: String, prefix: String
  ) throws(CheckpointError) -> SafetensorsReader.Entry {
    let name = prefix + item.name
    guard let entry = file.entry(name) else { throw .missing(path: path, name: name) }
    guard entry.shape == item.extents else {
      throw .wrongShape(path: path, name: name, found: entry.shape, expected: item.extents)
    }
    return entry
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
