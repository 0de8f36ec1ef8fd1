public import Tensors

/// The settings of a rule that updates weights by their gradients.
///
/// What the rule remembers between updates is an ``OptimizerState``.
public protocol Optimizer: Sendable {
  /// The name in options and checkpoints.
  var name: String { get }
  /// The size of the state in floats, without allocating it.
  ///
  /// - Parameter parameters: the model's parameters, in memory order.
  /// - Returns: the total size of ``OptimizerState/tensors``.
  func stateCount(for parameters: [NamedParameter]) -> Int
  /// Whether each weight is updated from its own gradient and state alone, so that processes can share the weights.
  var updatesEachWeightAlone: Bool { get }
  /// The initial state.
  ///
  /// - Parameter parameters: the model's parameters, in memory order.
  /// - Returns: a state of zeros.
  func makeState(for parameters: [NamedParameter]) -> any OptimizerState
}

/// What an optimizer remembers between updates, and how it changes the weights.
///
/// The trainer calls ``prepare(_:gradient:numbers:threads:)`` once per update, and then
/// ``update(_:gradient:numbers:in:)`` for every slice of the weights, from any thread.
public protocol OptimizerState: Sendable {
  /// The complete state, as saved in checkpoints; resuming overwrites these buffers.
  var tensors: [StateTensor] { get }

  /// Reads the whole gradient before any weight changes; most rules do not need this.
  mutating func prepare(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, threads: Int)

  /// Updates a slice of the weights, on the calling thread; the result does not depend on how the weights
  /// are sliced.
  func update(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, in slice: Range<Int>)
}

extension Optimizer {
  /// True; false only if other weights matter.
  public var updatesEachWeightAlone: Bool { true }
}

extension OptimizerState {
  /// Nothing: each weight is updated by its own gradient alone.
  public mutating func prepare(
    _ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, threads: Int
  ) {}
}

/// The numbers that an update needs besides the gradient.
public struct UpdateNumbers: Sendable, Equatable {
  /// The update, counted from 1.
  public var update: Int
  /// The learning rate.
  public var rate: Double
  /// The factor on the gradient: 1 / tokens times the clipping factor.
  public var gradientScale: Double

  /// The numbers given.
  public init(update: Int, rate: Double, gradientScale: Double) {
    (self.update, self.rate, self.gradientScale) = (update, rate, gradientScale)
  }
}

/// A part of an optimizer's state with its name in checkpoints.
public struct StateTensor: Sendable {
  /// The name, such as `first_moment.model.shared.weight`.
  public let name: String
  /// The extents in files.
  public let extents: [Int]
  /// The buffer that holds the values.
  public let buffer: FlatBuffer
  /// Where the values are in the buffer.
  public let range: Range<Int>

  /// A range of a buffer with a name and extents.
  public init(name: String, extents: [Int], buffer: FlatBuffer, range: Range<Int>) {
    (self.name, self.extents, self.buffer, self.range) = (name, extents, buffer, range)
  }

  /// The parts of a buffer that has one float per float of the parameters, named after the parameters.
  static func parts(of buffer: FlatBuffer, prefix: String, _ parameters: [NamedParameter]) -> [StateTensor] {
    parameters.map {
      StateTensor(name: "\(prefix).\($0.name)", extents: $0.extents, buffer: buffer, range: $0.range)
    }
  }
}

/// The total size of parameters in floats.
func elementCount(_ parameters: [NamedParameter]) -> Int { parameters.reduce(0) { $0 + $1.range.count } }

extension NamedParameter {
  /// Whether weight decay applies: to matrices, but not to biases and gains of norms, which are vectors.
  ///
  /// Large biases and gains do not make a model more complex, and the neutral value of a gain is 1.
  var decays: Bool { extents.count > 1 }
}
