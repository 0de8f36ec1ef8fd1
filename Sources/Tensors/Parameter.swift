/// Where a trained matrix or vector lies among a model's parameters, counted in numbers.
///
/// A handle without memory, so that layers are plain values: the tape joins it with a ``FlatBuffer`` or
/// ``ModelWeights``.
public struct Parameter: Hashable, Sendable {
  /// Numbers before it.
  public let offset: Int
  /// Its extents.
  public let shape: Shape

  /// Its numbers.
  public var range: Range<Int> { offset..<offset + shape.count }

  /// Some of its rows, as a parameter of their own.
  public func rows(_ range: Range<Int>) -> Parameter {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape.rows, "rows \(range) of \(shape)")
    return Parameter(
      offset: offset + range.lowerBound * shape.columns,
      shape: Shape(rows: range.count, columns: shape.columns))
  }
}

/// A parameter as files know it: under a name.
public struct NamedParameter: Sendable, Equatable {
  /// The dotted path, for example `model.encoder.layers.0.fc1.weight`.
  public let name: String
  /// Extents as files state them: one number for a vector, two for a matrix.
  public let extents: [Int]
  /// Where it lies.
  public let parameter: Parameter
  /// How it starts.
  public let initializer: Initializer

  /// Its numbers among those of all parameters.
  public var range: Range<Int> { parameter.range }

  /// The same place under the name that another model has for it.
  public func renamed(_ name: String) -> NamedParameter {
    NamedParameter(name: name, extents: extents, parameter: parameter, initializer: initializer)
  }
}
