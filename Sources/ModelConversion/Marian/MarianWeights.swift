internal import Files
internal import ModelFormats
internal import Models
internal import Tensors

/// The weights of a Marian model, as parameters of an architecture.
struct MarianWeights {
  let file: TensorFile
  let names: MarianNames
  /// The rows of tables of tokens in the file.
  let rows: VocabularyRows
  /// Whether matrices that are stored as bytes stay bytes; otherwise they become floats.
  let keepsBytes: Bool

  /// All weights.
  ///
  /// - Throws: ``ModelConversionError``, or `FileError` for a damaged file.
  func read(_ architecture: Transformer) throws -> ModelWeights {
    let parameters = architecture.parameters
    // Everything is checked before memory is allocated.
    let types = try parameters.map { try tensor(of: $0).isBytes && keepsBytes ? WeightType.int8 : .float32 }
    return try ModelWeights(parameters, types: types) { item in
      let values = try values(of: item)
      guard values.isFinite else {
        throw ModelConversionError.notFinite(path: file.path, name: try tensor(of: item).tensor.name)
      }
      return values
    }
  }

  /// Whether any matrix is stored as bytes.
  var hasBytes: Bool { file.tensors.contains { $0.type == .int8 && $0.multiplier != nil } }

  /// A tensor with the way to read it.
  private struct Place {
    let tensor: ForeignTensor
    /// Whether its rows are inputs, in row-major order.
    let isTransposed: Bool
    var isBytes: Bool { tensor.type == .int8 && tensor.multiplier != nil && tensor.count > 1 }
  }

  private func tensor(of item: NamedParameter) throws(ModelConversionError) -> Place {
    guard let place = names.place(of: item) else {
      throw .missingTensor(path: file.path, name: "?", parameter: item.name)
    }
    var (name, form) = (place.name, place.form)
    if name == MarianNames.output, file[name] == nil {
      (name, form) = (MarianNames.transposedOutput, .weight)
    }
    guard let tensor = file[name] else {
      throw .missingTensor(path: file.path, name: place.name, parameter: item.name)
    }
    let extents = rows.extents(of: item)
    let expected: [Int] =
      switch form {
      case .vector: [1] + extents
      case .table: extents
      case .weight: extents.reversed()
      }
    guard tensor.shape == expected || tensor.shape == extents && form == .vector else {
      throw .wrongShape(path: file.path, name: name, found: tensor.shape, expected: expected)
    }
    return Place(tensor: tensor, isTransposed: form == .weight)
  }

  private func values(of item: NamedParameter) throws -> WeightValues {
    let place = try tensor(of: item)
    let rows = item.parameter.shape.rows
    // Those of the file, which may have more for tokens.
    let storedRows = item.extents.count > 1 ? self.rows.extents(of: item)[0] : 1
    let count = item.range.count
    if place.isBytes, keepsBytes, let multiplier = place.tensor.multiplier {
      var bytes = try place.tensor.storedInt8()
      // Bytes of weights are stored output by output, as ours are, under the shape of their floats.
      if place.isTransposed != (place.tensor.order == .columnMajor) {
        bytes = transposed(bytes, rows: bytes.count / max(storedRows, 1))
      }
      bytes.removeLast(bytes.count - count)
      // Marian clips to ±127.
      for index in bytes.indices where bytes[index] == .min { bytes[index] = -127 }
      return .int8(bytes, scales: Array(repeating: 1 / multiplier, count: rows))
    }
    var floats = try place.tensor.floats()
    if place.isTransposed { floats = transposed(floats, rows: floats.count / max(storedRows, 1)) }
    floats.removeLast(floats.count - count)
    return .float32(floats)
  }
}

/// The transpose of a matrix that is stored row by row.
func transposed<Number>(_ values: [Number], rows: Int) -> [Number] {
  let columns = values.count / max(rows, 1)
  guard rows > 1, columns > 1 else { return values }
  var result = values
  // In blocks, so that both sides stay in the cache.
  for firstRow in stride(from: 0, to: rows, by: 32) {
    for column in 0..<columns {
      for row in firstRow..<min(firstRow + 32, rows) {
        result[column * rows + row] = values[row * columns + column]
      }
    }
  }
  return result
}
