internal import Tensors

/// The options that all linear maps of a layer share.
public struct LinearOptions: Sendable {
  /// Whether they add a bias.
  public var usesBias: Bool
  /// How their weights are initialized.
  public var initialization: Initialization
  /// The layer's place in its stack, from 1, for ``Initialization/depthScaled``.
  public var depth: Int

  /// The options given; by default, those of the paper.
  public init(usesBias: Bool = true, initialization: Initialization = .glorot, depth: Int = 1) {
    (self.usesBias, self.initialization, self.depth) = (usesBias, initialization, depth)
  }

  func weight(gain: Float = 1) -> Initializer { initialization.weight(depth: depth, gain: gain) }
}
