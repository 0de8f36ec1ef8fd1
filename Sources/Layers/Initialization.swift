public import Tensors

/// How the weights of a model are initialized; biases start at 0, the gains of norms at 1.
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
  /// Like ``glorot``, with linear maps of layer l, counted from 1, divided by √l, so that deep post-norm models learn.
  ///
  /// Source: Zhang et al. 2019, "Improving Deep Transformer with Depth-Scaled Initialization and Merged Attention",
  /// DS-Init with α = 1.
  case depthScaled = "depth-scaled"

  /// How an embedding table is initialized.
  ///
  /// - Parameter size: its number of columns.
  /// - Returns: a normal distribution.
  public func embedding(size: Int) -> Initializer {
    self == .normal ? .normal(deviation: 0.02) : .normal(deviation: 1 / Float(size).squareRoot())
  }

  /// How the weight of a linear map is initialized.
  ///
  /// - Parameters:
  ///   - depth: the layer of the map, from 1.
  ///   - gain: the factor of Glorot's bound.
  /// - Returns: a distribution around 0.
  func weight(depth: Int, gain: Float = 1) -> Initializer {
    switch self {
    case .glorot: .glorotUniform(gain: gain)
    case .normal: .normal(deviation: 0.02)
    case .depthScaled: .glorotUniform(gain: gain / Float(depth).squareRoot())
    }
  }
}
