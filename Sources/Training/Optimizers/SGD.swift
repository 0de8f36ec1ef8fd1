public import Tensors

/// Stochastic gradient descent with momentum.
///
/// v ← momentum · v + g, θ ← θ - rate · v. Weight decay is added to the gradient g, as in PyTorch.
///
/// Source: Polyak 1964; in this form Sutskever et al. 2013, "On the importance of initialization and momentum in
/// deep learning", section 2, with the learning rate outside of the velocity.
public struct SGD: Optimizer, Equatable {
  /// The share of the velocity kept from update to update; 0 is plain gradient descent.
  public var momentum: Float = 0.9
  /// The share of each matrix that is added to its gradient.
  public var weightDecay: Float = 0

  /// Momentum 0.9 without weight decay.
  public init() {}

  /// `sgd`.
  public var name: String { "sgd" }

  /// One float per weight; none without momentum.
  public func stateCount(for parameters: [NamedParameter]) -> Int {
    momentum > 0 ? elementCount(parameters) : 0
  }

  /// A zero velocity for each weight; nothing without momentum.
  public func makeState(for parameters: [NamedParameter]) -> any OptimizerState {
    SGDState(settings: self, parameters)
  }
}

private struct SGDState: OptimizerState {
  let settings: SGD
  let pieces: ParameterPieces
  let velocity: FlatBuffer?

  init(settings: SGD, _ parameters: [NamedParameter]) {
    self.settings = settings
    pieces = ParameterPieces(parameters)
    velocity = settings.momentum > 0 ? FlatBuffer(count: pieces.count) : nil
  }

  var tensors: [StateTensor] {
    velocity.map { StateTensor.parts(of: $0, prefix: "velocity", pieces.parameters) } ?? []
  }

  func update(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, in slice: Range<Int>) {
    func update(_ range: Range<Int>, weightDecay: Float) {
      weights.updateByDescent(
        gradient: gradient, velocity: velocity, gradientScale: Float(numbers.gradientScale),
        rate: Float(numbers.rate), momentum: settings.momentum, weightDecay: weightDecay, in: range)
    }
    guard settings.weightDecay > 0 else { return update(slice, weightDecay: 0) }
    for (index, range) in pieces.pieces(of: slice) {
      update(range, weightDecay: pieces.parameters[index].decays ? settings.weightDecay : 0)
    }
  }
}
