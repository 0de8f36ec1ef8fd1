private import Tensors

extension Tape {
  /// The layers of a stack that this pass uses: in training each is skipped at the given rate.
  ///
  /// Nothing is rescaled, as in the paper: the residual connection passes the input of a skipped layer on unchanged. A
  /// skipped layer records nothing, so its gradient is zero.
  ///
  /// - Parameters:
  ///   - layers: all layers, in order.
  ///   - rate: the fraction to skip, `0 ..< 1`; outside of training no layer is skipped.
  /// - Returns: the remaining layers, in order; possibly none.
  ///
  /// Source: Fan et al. 2020, "Reducing Transformer Depth on Demand with Structured Dropout", section 3.2.
  public func layerDrop<Layer>(_ layers: [Layer], rate: Float) -> [Layer] {
    let rate = activeRate(rate)
    guard rate > 0 else { return layers }
    var random = RandomSource(dropoutKey(rate))
    return layers.filter { _ in random.uniform() >= rate }
  }
}
