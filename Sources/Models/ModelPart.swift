public import Tensors

/// A part of a Transformer, by its parameters: what can be frozen, or taken over from another model.
///
/// Every parameter belongs to exactly one part.
public enum ModelPart: String, Sendable, Codable, CaseIterable {
  /// The embedding tables of source and target. Where the output layer is tied to one of them, that is it as well.
  case embeddings
  /// The encoder's layers.
  case encoder
  /// The decoder's layers, their attention to the encoder included.
  case decoder
  /// The decoder that predicts all tokens at once, with what predicts lengths or upsamples for it.
  case nonautoregressiveDecoder = "nat-decoder"
  /// The output layer, where it is a matrix of its own (``EmbeddingTying/none``).
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
  /// The parameters of some parts, in the order in which they lie.
  public func parameters(of parts: Set<ModelPart>) -> [NamedParameter] {
    parameters.filter { parts.contains(ModelPart($0)) }
  }

  /// The parameters whose names begin alike, such as `model.encoder.layers.0.`, in the order in which they lie.
  public func parameters(withPrefix prefix: String) -> [NamedParameter] {
    parameters.filter { $0.name.hasPrefix(prefix) }
  }
}
