public import Autodiff

/// What stands between the two maps of a feed-forward network.
///
/// With a gated one there is a third matrix V beside W₁: `W₂ · (f(W₁ · x) ∘ V · x)`. Two thirds of the inner size
/// then make as many parameters as without a gate.
///
/// Source: Shazeer 2020, "GLU Variants Improve Transformer", section 2, for the gated ones.
public enum FeedForwardActivation: String, Sendable, Codable, CaseIterable {
  /// ``Autodiff/Activation/relu``.
  case relu
  /// ``Autodiff/Activation/gelu``.
  case gelu
  /// ``Autodiff/Activation/swish``.
  case swish
  /// Gated by ReLU.
  case reglu
  /// Gated by GELU.
  case geglu
  /// Gated by swish.
  case swiglu

  /// Whether a third matrix is multiplied in.
  public var isGated: Bool { self == .reglu || self == .geglu || self == .swiglu }

  /// What is applied element by element.
  public var function: Activation {
    switch self {
    case .relu, .reglu: .relu
    case .gelu, .geglu: .gelu
    case .swish, .swiglu: .swish
    }
  }
}
