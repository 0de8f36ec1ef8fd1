public import Tensors

/// Adafactor: Adam's scaling with a second moment for each row and column of a matrix, not for each weight.
///
/// Its state is next to nothing beside the weights, where Adam's is twice their size. In place of momentum the
/// update as a whole is kept from becoming too large.
///
/// Source: Shazeer and Stern 2018, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", algorithms 4
/// and 5. The learning rate comes from the schedule; with ``relativeStep`` it is relative to the size of the
/// weights, as section 8 proposes.
public struct Adafactor: Optimizer, Equatable {
  /// γ of the second moments' decay 1 - tᵞ at update t.
  public var decayExponent: Float = -0.8
  /// An update whose root mean square is above this is shortened to it.
  public var clippingThreshold: Float = 1
  /// Added to each squared gradient.
  public var epsilon: Float = 1e-30
  /// Decay of an average of the updates, which costs a buffer of the weights' size; 0: none.
  public var beta1: Float = 0
  /// Multiplies the rate by the root mean square of the parameter.
  public var relativeStep = false
  /// What a parameter's root mean square counts at least, so that one of zeros can grow.
  public var leastSize: Float = 1e-3
  /// Share of each matrix that an update at a learning rate of 1 takes off.
  public var weightDecay: Float = 0

  /// The paper's settings without relative steps.
  public init() {}

  /// `adafactor`.
  public var name: String { "adafactor" }

  /// One for each row and each column, and one for each weight where there is momentum.
  public func stateCount(for parameters: [NamedParameter]) -> Int {
    let factors = parameters.reduce(0) { $0 + $1.parameter.shape.rows + $1.parameter.shape.columns }
    return factors + (beta1 > 0 ? elementCount(parameters) : 0)
  }

  /// A second moment for each row and column, all zero, and the momentum where there is one.
  public func makeState(for parameters: [NamedParameter]) -> any OptimizerState {
    AdafactorState(settings: self, parameters)
  }
}
