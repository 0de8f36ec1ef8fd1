private import CKernels
public import Tensors

extension Tape {
  /// Sets elements to zero at random and scales the others up to keep the expectation.
  ///
  /// The mask is a function of a key and the element's index, so that backward computes it again instead of
  /// reading it from memory.
  ///
  /// - Parameters:
  ///   - x: any shape.
  ///   - rate: the fraction of elements that become zero, `0 ..< 1`; outside of training nothing is dropped.
  /// - Returns: the same shape; `x` itself if nothing is dropped.
  ///
  /// Source: Srivastava et al. 2014, "Dropout".
  public func dropout(_ x: Tensor, rate: Float) -> Tensor {
    let rate = activeRate(rate)
    guard rate > 0 else { return x }
    let operation = begin("dropout")
    let key = dropoutKey(rate)
    let y = makeTensor(x.shape)
    dropout_forward(y.values, x.values, x.shape.count, rate, key)
    record(operation) {
      guard let dx = x.gradient, let dy = y.gradient else { return }
      dropout_backward(dx, dy, x.shape.count, rate, key)
    }
    return y
  }
}
