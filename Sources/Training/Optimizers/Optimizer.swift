public import Tensors

/// A rule that turns gradients into updates of the weights: its settings.
///
/// What it remembers between updates is an ``OptimizerState``.
public protocol Optimizer: Sendable {
  /// What options and checkpoints call it.
  var name: String { get }
  /// Floats that the state takes, known before any memory is asked for.
  ///
  /// - Parameter parameters: of the model, in the order in which they lie.
  /// - Returns: as many as ``OptimizerState/tensors`` have together.
  func stateCount(for parameters: [NamedParameter]) -> Int
  /// The memory of a run that has not begun.
  ///
  /// - Parameter parameters: of the model, in the order in which they lie.
  /// - Returns: zeros.
  func makeState(for parameters: [NamedParameter]) -> any OptimizerState
}

/// What an optimizer remembers between updates, and how it changes the weights.
///
/// The trainer calls ``prepare(_:gradient:numbers:threads:)`` once an update, and then
/// ``update(_:gradient:numbers:in:)`` for every slice of the weights, from any thread.
public protocol OptimizerState: Sendable {
  /// All of it, as checkpoints keep it: who overwrites these buffers continues another run.
  var tensors: [StateTensor] { get }

  /// Looks at the whole gradient, before the first weight changes; most rules need not.
  mutating func prepare(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, threads: Int)

  /// Updates a slice of the weights, on the calling thread; the result does not depend on how the weights
  /// are sliced.
  func update(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, in slice: Range<Int>)
}

extension OptimizerState {
  /// Nothing: each weight is updated by its own gradient alone.
  public mutating func prepare(
    _ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, threads: Int
  ) {}
}

/// What an update is made with beside the gradient.
public struct UpdateNumbers: Sendable, Equatable {
  /// The update, counted from 1.
  public var update: Int
  /// The learning rate.
  public var rate: Double
  /// What the gradient is multiplied by first: 1 / tokens, and the clipping factor.
  public var gradientScale: Double

  /// The numbers given.
  public init(update: Int, rate: Double, gradientScale: Double) {
    (self.update, self.rate, self.gradientScale) = (update, rate, gradientScale)
  }
}

/// A part of an optimizer's state under the name that checkpoints give it.
public struct StateTensor: Sendable {
  /// The name, such as `first_moment.model.shared.weight`.
  public let name: String
  /// Extents as files state them.
  public let extents: [Int]
  /// What holds its numbers.
  public let buffer: FlatBuffer
  /// Where in the buffer they lie.
  public let range: Range<Int>

  /// A run of a buffer, with its name and extents.
  public init(name: String, extents: [Int], buffer: FlatBuffer, range: Range<Int>) {
    (self.name, self.extents, self.buffer, self.range) = (name, extents, buffer, range)
  }

  /// A buffer with a float for each float of the parameters, cut up and named as they are.
  static func parts(of buffer: FlatBuffer, prefix: String, _ parameters: [NamedParameter]) -> [StateTensor] {
    parameters.map {
      StateTensor(name: "\(prefix).\($0.name)", extents: $0.extents, buffer: buffer, range: $0.range)
    }
  }
}

/// Floats that parameters take together.
func elementCount(_ parameters: [NamedParameter]) -> Int { parameters.reduce(0) { $0 + $1.range.count } }

extension NamedParameter {
  /// Whether weight decay shrinks it: matrices, but not biases and the gains of norms, which are vectors.
  ///
  /// Those do not make a model more complex by being large, and a gain's natural value is 1.
  var decays: Bool { extents.count > 1 }
}
