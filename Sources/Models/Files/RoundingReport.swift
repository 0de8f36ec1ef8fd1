public import Tensors

/// What rounding the weights of a model changed.
public struct RoundingReport: Sendable {
  /// A tensor with its relative error: the root mean square of the changes, divided by that of its weights.
  public struct TensorError: Sendable, Equatable {
    /// The tensor's name in the file.
    public let name: String
    /// The relative error, from 0.
    public let error: Double
  }

  /// The tensors whose type changed, in the order of the architecture.
  public private(set) var rounded: [TensorError] = []
  /// The names of the tensors whose type did not change.
  public private(set) var kept: [String] = []

  /// Compares the weights of a model before and after rounding.
  ///
  /// - Precondition: both belong to the architecture.
  public init(_ architecture: Transformer, before: ModelWeights, after: ModelWeights) {
    for item in architecture.parameters {
      let values = before.values(of: item.parameter)
      let newValues = after.values(of: item.parameter)
      if values.type == newValues.type {
        kept.append(item.name)
      } else {
        rounded.append(
          TensorError(name: item.name, error: relativeError(of: newValues.floats, to: values.floats)))
      }
    }
  }

  /// The tensor with the greatest error; nil if nothing was rounded.
  public var greatest: TensorError? { rounded.max { $0.error < $1.error } }
}

private func relativeError(of rounded: [Float], to exact: [Float]) -> Double {
  var (changes, squares) = (0.0, 0.0)
  for index in exact.indices {
    let (value, change) = (Double(exact[index]), Double(rounded[index]) - Double(exact[index]))
    squares += value * value
    changes += change * change
  }
  return squares > 0 ? (changes / squares).squareRoot() : 0
}
