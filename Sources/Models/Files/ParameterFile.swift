internal import Files
internal import Tensors

/// A file of weights, whose parameters are found by name: where they are in memory, or read one at a time.
///
/// Matrices are F32, F16, BF16 or I8; vectors (biases, norms) are F32, F16 or BF16. F16 tensors, and vectors of any
/// type, become float32 in memory. An I8 matrix `NAME` has its scales in `NAME_scale`, F32 of shape `[rows, 1]`, so
/// that the weights are `NAME · NAME_scale` with the broadcasting of NumPy; see ``WeightFormat``.
struct ParameterFile {
  private let file: SafetensorsReader
  private let path: String
  private let prefix: String

  /// - Parameters:
  ///   - file: where the tensors are.
  ///   - path: the file's name, for messages.
  ///   - prefix: what precedes the names in the file.
  /// - Throws: ``CheckpointError`` if the file has the format of a later version.
  init(_ file: SafetensorsReader, path: String, prefix: String = "") throws(CheckpointError) {
    (self.file, self.path, self.prefix) = (file, path, prefix)
    if let found = file.metadata[WeightFormat.versionKey], found != WeightFormat.version {
      throw .unknownFormat(path: path, found: found, expected: WeightFormat.version)
    }
  }

  /// The type in which a parameter will be stored in memory.
  ///
  /// - Throws: ``CheckpointError`` if the header has no tensor of its name and shape with a supported type.
  func type(of item: NamedParameter) throws(CheckpointError) -> WeightType {
    let entry = try entry(of: item)
    switch entry.dtype {
    case .float32, .float16: return .float32
    case .bfloat16: return item.isMatrix ? .bfloat16 : .float32
    case .int8 where item.isMatrix:
      _ = try scales(of: item)
      return .int8
    case let found:
      throw .wrongType(
        path: path, name: entry.name, found: found.rawValue,
        expected: item.isMatrix ? "F32, F16, BF16 or I8" : "F32, F16 or BF16")
    }
  }

  /// Reads a parameter.
  ///
  /// - Throws: ``CheckpointError``, or `FileError` for a damaged file.
  func values(of item: NamedParameter) throws -> WeightValues {
    let entry = try entry(of: item)
    let values: WeightValues =
      switch try type(of: item) {
      case .float32: .float32(try file.values(of: entry))
      case .bfloat16: .bfloat16(try file.bfloat16Bits(of: entry))
      case .int8: .int8(try file.int8Values(of: entry), scales: try file.values(of: scales(of: item)))
      }
    guard values.isFinite else { throw CheckpointError.notFinite(path: path, name: entry.name) }
    guard values.isSymmetric else { throw CheckpointError.notSymmetric(path: path, name: entry.name) }
    return values
  }

  /// Where the numbers of a parameter are, in the contents of the file.
  ///
  /// - Parameters:
  ///   - item: a parameter.
  ///   - contents: all bytes of the file.
  /// - Returns: nil if the numbers must be read, because they are converted or not aligned.
  /// - Throws: ``CheckpointError``.
  func view(of item: NamedParameter, in contents: FileContents) throws(CheckpointError) -> WeightView? {
    let entry = try entry(of: item)
    let type = try type(of: item)
    guard entry.dtype == type.fileType, let numbers = unsafe start(of: entry, type.size, in: contents) else {
      return nil
    }
    var scales: UnsafePointer<Float>?
    if type == .int8 {
      guard let start = try unsafe start(of: self.scales(of: item), 4, in: contents) else { return nil }
      unsafe scales = start.assumingMemoryBound(to: Float.self)
    }
    let view = unsafe WeightView(
      type, numbers, count: item.range.count, scales: scales, owner: contents, isMapped: contents.isMapped)
    let rows = item.parameter.shape.rows
    guard unsafe view.isFinite(rows: rows) else { throw .notFinite(path: path, name: entry.name) }
    guard unsafe view.isSymmetric(rows: rows) else { throw .notSymmetric(path: path, name: entry.name) }
    return unsafe view
  }

  /// The first byte of a tensor; nil if it is not at a multiple of `alignment`.
  private func start(of entry: SafetensorsReader.Entry, _ alignment: Int, in contents: FileContents)
    -> UnsafeRawPointer?
  {
    let place = file.place(of: entry).lowerBound
    return unsafe place.isMultiple(of: alignment) ? contents.start + place : nil
  }

  private func entry(of item: NamedParameter) throws(CheckpointError) -> SafetensorsReader.Entry {
    let name = prefix + item.name
    guard let entry = file.entry(name) else { throw .missing(path: path, name: name) }
    guard entry.shape == item.extents else {
      throw .wrongShape(path: path, name: name, found: entry.shape, expected: item.extents)
    }
    return entry
  }

  private func scales(of item: NamedParameter) throws(CheckpointError) -> SafetensorsReader.Entry {
    let (name, scales) = (prefix + item.name, WeightFormat.scales(of: prefix + item.name))
    guard let entry = file.entry(scales) else { throw .noScales(path: path, name: name, scales: scales) }
    let expected = [item.parameter.shape.rows, 1]
    guard entry.shape == expected else {
      throw .wrongShape(path: path, name: scales, found: entry.shape, expected: expected)
    }
    guard entry.dtype == .float32 else {
      throw .wrongType(path: path, name: scales, found: entry.dtype.rawValue, expected: "F32")
    }
    return entry
  }
}

/// Marks files whose weights are not all float32: `weights` and `weights_format` in the header's metadata.
///
/// Files of float32 weights have neither, like those of other programs.
enum WeightFormat {
  /// The format of ``ParameterFile``.
  static let version = "1"
  static let versionKey = "weights_format"
  static let typeKey = "weights"

  /// The name of the tensor with a matrix's scales.
  static func scales(of name: String) -> String { name + "_scale" }

  /// The metadata of a file.
  static func metadata(of type: WeightType) -> [String: String] {
    type == .float32 ? [:] : [typeKey: type.rawValue, versionKey: version]
  }
}

extension WeightType {
  /// The type of a tensor with such numbers.
  var fileType: SafetensorsType {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .int8: .int8
    }
  }
}

extension NamedParameter {
  /// Whether its numbers may be stored in fewer bits: biases and norms are always float32.
  var isMatrix: Bool { extents.count > 1 }
}
