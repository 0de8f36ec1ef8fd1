/// Where a trained matrix or vector lies in the flat buffer of a model's parameters.
///
/// A handle without memory, so that layers are plain values: the tape joins it with a buffer.
public struct Parameter: Hashable, Sendable {
  /// Floats before it in the buffer.
  public let offset: Int
  /// Its extents.
  public let shape: Shape

  /// Its floats in the buffer.
  public var range: Range<Int> { offset..<offset + shape.count }
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

  /// Its floats in the flat buffer.
  public var range: Range<Int> { parameter.range }

  /// The same place under the name that another model has for it.
  public func renamed(_ name: String) -> NamedParameter {
    NamedParameter(name: name, extents: extents, parameter: parameter, initializer: initializer)
  }
}
