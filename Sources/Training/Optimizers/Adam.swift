internal import Foundation
public import Tensors

/// Adam; with weight decay, AdamW.
///
/// Each weight moves by the average of its gradients divided by the root of the average of their squares, so that the
/// embeddings of rare words learn as fast as those of frequent words.
///
/// Source: Kingma and Ba 2015; the defaults are from Vaswani et al. 2017, section 5.3. Weight decay is decoupled from
/// the gradient as in Loshchilov and Hutter 2019.
public struct Adam: Optimizer, Equatable {
  /// Decay of the average of gradients.
  public var beta1: Float = 0.9
  /// Decay of the average of squared gradients.
  public var beta2: Float = 0.98
  /// Added to the divisor to keep the quotient finite.
  public var epsilon: Float = 1e-9
  /// The share of each matrix that an update with a learning rate of 1 subtracts; 0 is plain Adam.
  public var weightDecay: Float = 0

  /// The usual settings for Transformers.
  public init() {}

  /// `adam`, or with weight decay `adamw`.
  public var name: String { weightDecay > 0 ? "adamw" : "adam" }

  /// Two floats per weight.
  public func stateCount(for parameters: [NamedParameter]) -> Int {
    2 * elementCount(parameters)
  }

  /// Two moments for each weight, all zero.
  public func makeState(for parameters: [NamedParameter]) -> any OptimizerState {
    AdamState(settings: self, parameters)
  }

  /// The numbers of an update.
  func numbers(_ numbers: UpdateNumbers) -> AdamNumbers {
    AdamNumbers(
      gradientScale: Float(numbers.gradientScale), rate: Float(numbers.rate), beta1: beta1, beta2: beta2,
      epsilon: epsilon, correction1: Float(1 - pow(Double(beta1), Double(numbers.update))),
      correction2: Float(1 - pow(Double(beta2), Double(numbers.update))), weightDecay: weightDecay)
  }
}

private struct AdamState: OptimizerState {
  let settings: Adam
  let pieces: ParameterPieces
  let firstMoment: FlatBuffer
  let secondMoment: FlatBuffer

  init(settings: Adam, _ parameters: [NamedParameter]) {
    self.settings = settings
    pieces = ParameterPieces(parameters)
    (firstMoment, secondMoment) = (FlatBuffer(count: pieces.count), FlatBuffer(count: pieces.count))
  }

  var tensors: [StateTensor] {
    StateTensor.parts(of: firstMoment, prefix: "first_moment", pieces.parameters)
      + StateTensor.parts(of: secondMoment, prefix: "second_moment", pieces.parameters)
  }

  func update(_ weights: FlatBuffer, gradient: FlatBuffer, numbers: UpdateNumbers, in slice: Range<Int>) {
    var adam = settings.numbers(numbers)
    func update(_ range: Range<Int>) {
      weights.updateByAdam(
        gradient: gradient, firstMoment: firstMoment, secondMoment: secondMoment, numbers: adam, in: range)
    }
    guard settings.weightDecay > 0 else { return update(slice) }
    for (index, range) in pieces.pieces(of: slice) {
      adam.weightDecay = pieces.parameters[index].decays ? settings.weightDecay : 0
      update(range)
    }
  }
}
