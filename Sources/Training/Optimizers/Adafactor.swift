public import Tensors

/// Adafactor: Adam's scaling with one second moment per row and column of a matrix instead of one per weight.
///
/// Its state is tiny compared to the weights, while Adam's is twice their size. Instead of using momentum, it limits
/// the size of the whole update.
///
/// Source: Shazeer and Stern 2018, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", algorithms 4
/// and 5. The learning rate comes from the schedule; with ``relativeStep``, it is relative to the magnitude of the
/// weights, as proposed in section 8.
public struct Adafactor: Optimizer, Equatable {
  /// γ of the second moments' decay 1 - tᵞ at update t.
  public var decayExponent: Float = -0.8
  /// The greatest root mean square of an update; larger updates are scaled down.
  public var clippingThreshold: Float = 1
  /// Added to each squared gradient.
  public var epsilon: Float = 1e-30
  /// The decay of momentum, which needs a buffer of the size of the weights; 0 for none.
  public var beta1: Float = 0
  /// Whether the rate is multiplied by the root mean square of the parameter.
  public var relativeStep = false
  /// The lower limit of a parameter's root mean square, so that a parameter of zeros can grow.
  public var leastSize: Float = 1e-3
  /// The share of each matrix that an update with a learning rate of 1 subtracts.
  public var weightDecay: Float = 0

  /// The settings of the paper without relative steps.
  public init() {}

  /// `adafactor`.
  public var name: String { "adafactor" }

  /// One float per row and per column; with momentum, also one per weight.
  public func stateCount(for parameters: [NamedParameter]) -> Int {
    let factors = parameters.reduce(0) { $0 + $1.parameter.shape.rows + $1.parameter.shape.columns }
    return factors + (beta1 > 0 ? elementCount(parameters) : 0)
  }

  /// False: it needs statistics of whole rows and columns.
  public var updatesEachWeightAlone: Bool { false }

  /// A second moment for each row and column and, if used, momentum for each weight; all zero.
  public func makeState(for parameters: [NamedParameter]) -> any OptimizerState {
    AdafactorState(settings: self, parameters)
  }
}
