public import Tensors

/// A group of a Transformer's parameters, which can be frozen or taken from another model.
///
/// Every parameter belongs to exactly one part.
public enum ModelPart: String, Sendable, Codable, CaseIterable {
  /// The embedding tables of source and target, including the output layer if it is tied to one of them.
  case embeddings
  /// The encoder's layers.
  case encoder
  /// The decoder's layers, including their attention over the encoder's output.
  case decoder
  /// The non-autoregressive decoder, with its length predictor or upsampling.
  case nonautoregressiveDecoder = "nat-decoder"
  /// The output layer's bias, and its matrix if it is a separate one.
  case output

  /// The part that a parameter belongs to.
  public init(_ parameter: NamedParameter) {
    let name = parameter.name
    if name.hasPrefix("model.shared.") || name.contains(".embed_") {
      self = .embeddings
    } else if name.hasPrefix("model.encoder.") {
      self = .encoder
    } else if name.hasPrefix("model.decoder.") {
      self = .decoder
    } else if name.hasPrefix("model.nat_decoder.") {
      self = .nonautoregressiveDecoder
    } else {
      self = .output
    }
  }
}

extension Transformer {
  /// The parameters of some parts, in the order of ``parameters``.
  public func parameters(of parts: Set<ModelPart>) -> [NamedParameter] {
    parameters.filter { parts.contains(ModelPart($0)) }
  }

  /// The parameters whose names begin with a prefix, such as `model.encoder.layers.0.`, in the order of ``parameters``.
  public func parameters(withPrefix prefix: String) -> [NamedParameter] {
    parameters.filter { $0.name.hasPrefix(prefix) }
  }
}
