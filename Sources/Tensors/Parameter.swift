/// The place of a trained matrix or vector among a model's parameters, counted in elements.
///
/// A handle without memory, so that layers are plain values; the tape looks it up in a ``FlatBuffer`` or
/// ``ModelWeights``.
public struct Parameter: Hashable, Sendable {
  /// The number of elements before it.
  public let offset: Int
  /// Its extents.
  public let shape: Shape

  /// The range of its elements.
  public var range: Range<Int> { offset..<offset + shape.count }

  /// Some of its rows, as a parameter.
  public func rows(_ range: Range<Int>) -> Parameter {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape.rows, "rows \(range) of \(shape)")
    return Parameter(
      offset: offset + range.lowerBound * shape.columns,
      shape: Shape(rows: range.count, columns: shape.columns))
  }
}

/// A parameter with its name in files.
public struct NamedParameter: Sendable, Equatable {
  /// The dotted path, for example `model.encoder.layers.0.fc1.weight`.
  public let name: String
  /// Extents as in files: one number for a vector, two for a matrix.
  public let extents: [Int]
  /// Its place among all parameters.
  public let parameter: Parameter
  /// How it is initialized.
  public let initializer: Initializer

  /// The range of its elements among those of all parameters.
  public var range: Range<Int> { parameter.range }

  /// The same parameter under another name.
  public func renamed(_ name: String) -> NamedParameter {
    NamedParameter(name: name, extents: extents, parameter: parameter, initializer: initializer)
  }
}
