private import CKernels

extension FlatBuffer {
  /// One Adam update of a slice of parameters, see ``AdamNumbers``.
  public func updateByAdam(
    gradient: FlatBuffer, firstMoment: FlatBuffer, secondMoment: FlatBuffer, numbers: AdamNumbers,
    in range: Range<Int>
  ) {
    for buffer in [gradient, firstMoment, secondMoment] { check(range, buffer) }
    let start = range.lowerBound
    adam_update(
      elements + start, firstMoment.elements + start, secondMoment.elements + start,
      gradient.elements + start,
      range.count, numbers.gradientScale, numbers.rate, numbers.beta1, numbers.beta2, numbers.epsilon,
      numbers.correction1,
      numbers.correction2, numbers.weightDecay)
  }
}

/// The numbers of one Adam update, the same for every parameter.
///
/// m ← β₁m + (1 - β₁)g, v ← β₂v + (1 - β₂)g², θ ← θ - rate · (m / correction₁) / (√(v / correction₂) + ε).
///
/// Source: Kingma and Ba 2015, algorithm 1; decoupled weight decay from Loshchilov and Hutter 2019.
public struct AdamNumbers: Sendable {
  /// The factor that is applied to the gradient first: the clipping factor / tokens.
  public var gradientScale: Float
  /// The learning rate.
  public var rate: Float
  /// Decay of the first moment.
  public var beta1: Float
  /// Decay of the second moment.
  public var beta2: Float
  /// Keeps the quotient finite.
  public var epsilon: Float
  /// 1 - β₁ᵗ for update t.
  public var correction1: Float
  /// 1 - β₂ᵗ for update t.
  public var correction2: Float
  /// The fraction of the parameters that is subtracted at a learning rate of 1.
  public var weightDecay: Float

  /// The numbers given.
  public init(
    gradientScale: Float, rate: Float, beta1: Float, beta2: Float, epsilon: Float, correction1: Float,
    correction2: Float, weightDecay: Float
  ) {
    (self.gradientScale, self.rate, self.weightDecay) = (gradientScale, rate, weightDecay)
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
    (self.correction1, self.correction2) = (correction1, correction2)
  }
}
