private import Tensors

extension Tape {
  /// The layers of a stack that are passed through this time: each is left out at the given rate, in training.
  ///
  /// Nothing is scaled, as in the paper: a residual connection passes what stands before a layer on unchanged. A
  /// layer that is left out records nothing, so that its gradient is zero.
  ///
  /// - Parameters:
  ///   - layers: all of them, in order.
  ///   - rate: the share that is left out, `0 ..< 1`; outside of training none is.
  /// - Returns: those that stay, in order; maybe none.
  ///
  /// Source: Fan et al. 2020, "Reducing Transformer Depth on Demand with Structured Dropout", section 3.2.
  public func layerDrop<Layer>(_ layers: [Layer], rate: Float) -> [Layer] {
    let rate = activeRate(rate)
    guard rate > 0 else { return layers }
    var random = RandomSource(dropoutKey(rate))
    return layers.filter { _ in random.uniform() >= rate }
  }
}
