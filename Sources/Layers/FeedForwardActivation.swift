public import Autodiff

/// The activation between the two maps of a feed-forward network.
///
/// A gated one has a third matrix V next to W₁: `W₂ · (f(W₁ · x) ∘ V · x)`. With two thirds of the inner size, it has
/// as many parameters as without a gate.
///
/// Source: Shazeer 2020, "GLU Variants Improve Transformer", section 2, for the gated ones.
public enum FeedForwardActivation: String, Sendable, Codable, CaseIterable {
  /// ``Autodiff/Activation/relu``.
  case relu
  /// ``Autodiff/Activation/gelu``.
  case gelu
  /// ``Autodiff/Activation/geluSigmoid``, GELU as Marian computes it.
  case geluSigmoid = "quick_gelu"
  /// ``Autodiff/Activation/swish``.
  case swish
  /// Gated by ReLU.
  case reglu
  /// Gated by GELU.
  case geglu
  /// Gated by swish.
  case swiglu

  /// Whether there is a third matrix.
  public var isGated: Bool { self == .reglu || self == .geglu || self == .swiglu }

  /// The function that is applied to each element.
  public var function: Activation {
    switch self {
    case .relu, .reglu: .relu
    case .gelu, .geglu: .gelu
    case .geluSigmoid: .geluSigmoid
    case .swish, .swiglu: .swish
    }
  }
}
