internal import Foundation
internal import Tensors

/// Adam's settings and where it stands.
///
/// Source: Kingma and Ba 2015; the defaults are those of Vaswani et al. 2017, section 5.3.
public struct Adam: Sendable {
  /// Decay of the average of gradients.
  public var beta1: Float = 0.9
  /// Decay of the average of squared gradients.
  public var beta2: Float = 0.98
  /// Keeps the quotient finite.
  public var epsilon: Float = 1e-9
  /// Decoupled weight decay; 0 is plain Adam.
  public var weightDecay: Float = 0

  /// The usual settings for Transformers.
  public init() {}

  /// The numbers of update `update`, counted from 1.
  func step(update: Int, rate: Double, gradientScale: Double) -> AdamStep {
    AdamStep(
      gradientScale: Float(gradientScale), rate: Float(rate), beta1: beta1, beta2: beta2, epsilon: epsilon,
      correction1: Float(1 - pow(Double(beta1), Double(update))),
      correction2: Float(1 - pow(Double(beta2), Double(update))), weightDecay: weightDecay)
  }
}
