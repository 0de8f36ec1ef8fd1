public import Tensors

/// How the weights of a model are drawn before training; biases start at 0, the gains of norms at 1.
public enum Initialization: String, Sendable, Codable, CaseIterable {
  /// Linear maps uniform over ±√(6 / (inputs + outputs)), embeddings normal with deviation 1/√size.
  ///
  /// Source: Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks",
  /// equation 16.
  case glorot
  /// Everything normal with deviation 0.02.
  ///
  /// Source: Radford et al. 2018, "Improving Language Understanding by Generative Pre-Training", section 4.1; Devlin
  /// et al. 2019, "BERT".
  case normal
  /// As ``glorot``, and linear maps of layer l, counted from 1, divided by √l: deep post-norm models learn with it.
  ///
  /// Source: Zhang et al. 2019, "Improving Deep Transformer with Depth-Scaled Initialization and Merged Attention",
  /// DS-Init with α = 1.
  case depthScaled = "depth-scaled"

  /// How an embedding's table is drawn.
  ///
  /// - Parameter size: its columns.
  /// - Returns: a normal distribution.
  public func embedding(size: Int) -> Initializer {
    self == .normal ? .normal(deviation: 0.02) : .normal(deviation: 1 / Float(size).squareRoot())
  }

  /// How a linear map's weight is drawn.
  ///
  /// - Parameters:
  ///   - depth: the layer that it is in, from 1.
  ///   - gain: of Glorot's bound.
  /// - Returns: a distribution around 0.
  func weight(depth: Int, gain: Float = 1) -> Initializer {
    switch self {
    case .glorot: .glorotUniform(gain: gain)
    case .normal: .normal(deviation: 0.02)
    case .depthScaled: .glorotUniform(gain: gain / Float(depth).squareRoot())
    }
  }
}
