internal import ModelFormats
internal import Models
internal import Tensors

/// The weights in a checkpoint of PyTorch, as parameters of an architecture.
struct CheckpointWeights {
  let file: TensorFile
  /// Where the numbers of a parameter are; nil for a parameter that the toolkit does not have.
  let place: (_ parameter: String) -> CheckpointPlace?
  /// Names of tensors that change nothing here, such as versions and computed positions.
  let ignored: Set<String>

  /// All weights, as float32.
  ///
  /// - Parameters:
  ///   - architecture: the architecture.
  ///   - positions: the table of positions for sides whose checkpoint has none.
  /// - Returns: the weights.
  /// - Throws: ``ModelConversionError``, also for tensors that no parameter has, or `FileError` for a damaged file.
  func read(_ architecture: Transformer, positions: () -> [Float]) throws -> ModelWeights {
    let parameters = architecture.parameters
    // Everything is checked before memory is allocated.
    let sources = try parameters.map { try source(of: $0) }
    try requireKnownTensors(sources.compactMap { $0?.tensor.name })
    var index = 0
    return try ModelWeights(parameters, types: parameters.map { _ in .float32 }) { item in
      defer { index += 1 }
      guard let source = sources[index] else { return .float32(positions()) }
      let floats = try source.tensor.floats()
      let count = item.extents.reduce(1, *)
      let values = WeightValues.float32(Array(floats[source.first..<source.first + count]))
      guard values.isFinite else {
        throw ModelConversionError.notFinite(path: file.path, name: source.tensor.name)
      }
      return values
    }
  }

  /// A tensor and the first of its numbers that a parameter has.
  private struct Source {
    let tensor: ForeignTensor
    let first: Int
  }

  private func source(of item: NamedParameter) throws(ModelConversionError) -> Source? {
    guard let place = self.place(item.name) else { return nil }
    guard let tensor = place.names.lazy.compactMap({ file[$0] }).first else {
      throw .missingTensor(path: file.path, name: place.names[0], parameter: item.name)
    }
    let rows = item.extents[0]
    let firstRow = place.part * rows + place.skippedRows
    var found = tensor.shape
    // A part of the rows may be the parameter's: queries, keys and values in one matrix, or the positions in use.
    let isPart = place.parts > 1 || place.skippedRows > 0
    let least = place.parts * rows + place.skippedRows
    if isPart, let first = found.first, place.parts == 1 ? first >= least : first == least {
      found[0] = rows
    }
    guard found == item.extents else {
      var expected = item.extents
      expected[0] = least
      throw .wrongShape(path: file.path, name: tensor.name, found: tensor.shape, expected: expected)
    }
    return Source(tensor: tensor, first: firstRow * item.extents.dropFirst().reduce(1, *))
  }

  /// Anything else that a checkpoint has would change the result.
  private func requireKnownTensors(_ used: [String]) throws(ModelConversionError) {
    let known = ignored.union(used)
    guard let other = file.tensors.first(where: { !known.contains($0.name) }) else { return }
    throw .unsupported(
      path: file.path, what: "a model with '\(other.name)'",
      advice: "Transformers as in the paper are supported")
  }
}

/// Where the numbers of a parameter are in a checkpoint.
struct CheckpointPlace: Equatable {
  /// The names that the tensor may have, of which the first that exists counts.
  var names: [String]
  /// Which of the parts that are one below the other in the tensor it is, from 0.
  var part = 0
  var parts = 1
  /// Rows before the first.
  var skippedRows = 0
}
