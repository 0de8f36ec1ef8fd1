private import CKernels

extension FlatBuffer {
  /// One update of a slice of parameters by stochastic gradient descent.
  ///
  /// g ← gradientScale · gradient + weightDecay · θ, v ← momentum · v + g, θ ← θ - rate · v.
  ///
  /// - Parameters:
  ///   - gradient: as many floats as parameters.
  ///   - velocity: v, as many floats; if nil, v is g.
  ///   - gradientScale: what the gradient is multiplied by first.
  ///   - rate: the learning rate.
  ///   - momentum: the fraction of the velocity that is kept.
  ///   - weightDecay: the fraction of the parameters that is added to the gradient.
  ///   - range: the slice.
  public func updateByDescent(
    gradient: FlatBuffer, velocity: FlatBuffer?, gradientScale: Float, rate: Float, momentum: Float,
    weightDecay: Float, in range: Range<Int>
  ) {
    check(range, gradient)
    let start = range.lowerBound
    guard let velocity else {
      return sgd_update(
        elements + start, gradient.elements + start, range.count, gradientScale, rate, weightDecay)
    }
    check(range, velocity)
    sgd_momentum_update(
      elements + start, velocity.elements + start, gradient.elements + start, range.count, gradientScale,
      rate, momentum, weightDecay)
  }
}
