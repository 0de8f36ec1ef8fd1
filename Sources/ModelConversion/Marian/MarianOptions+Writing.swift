internal import Layers
internal import ModelFormats
internal import Models
internal import Tokens

extension MarianOptions {
  /// The options that Marian stores in a model, for an architecture.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - folder: its folder, for messages.
  /// - Returns: a map.
  /// - Throws: ``ModelConversionError/notExportable(folder:format:what:advice:)`` for what Marian's Transformer cannot be.
  static func document(of model: ModelConfiguration, folder: String) throws(ModelConversionError)
    -> YAMLDocument
  {
    try requireExportable(model, folder: folder)
    let isPre = model.normPlacement == .pre
    let aan = model.averageAttention
    let guidedLayer = guidedLayer(of: model)
    let options: [(String, YAMLNode)] = [
      ("bert-train-type-embeddings", .plain(true)), ("bert-type-vocab-size", .plain(2)),
      ("dec-cell", .plain(model.decoderCell == .ssru ? "ssru" : "gru")), ("dec-cell-base-depth", .plain(2)),
      ("dec-cell-high-depth", .plain(1)), ("dec-depth", .plain(model.decoderLayers)),
      ("dim-emb", .plain(model.size)), ("dim-rnn", .plain(1024)),
      (
        "dim-vocabs",
        .list([.plain(model.sourceVocabularySize), .plain(model.targetVocabularySize)])
      ),
      ("enc-cell", .plain("gru")), ("enc-cell-depth", .plain(1)), ("enc-depth", .plain(model.encoderLayers)),
      ("enc-type", .plain("bidirectional")), ("input-types", .list([])),
      ("layer-normalization", .plain(false)),
      ("lemma-dim-emb", .plain(0)), ("output-omit-bias", .plain(!model.hasOutputBias)),
      ("right-left", .plain(false)), ("skip", .plain(false)),
      ("tied-embeddings", .plain(model.tying == .decoder)),
      ("tied-embeddings-all", .plain(model.tying == .all)),
      ("tied-embeddings-src", .plain(model.tying == .embeddings)),
      ("transformer-aan-activation", .plain(name(of: aan.activation) ?? "swish")),
      ("transformer-aan-depth", .plain(aan.innerSize > 0 ? 2 : 1)),
      ("transformer-aan-nogate", .plain(!aan.isGated)),
      (
        "transformer-decoder-autoreg",
        .plain(model.decoderCell == .ssru ? "rnn" : model.decoderCell.rawValue)
      ),
      ("transformer-decoder-dim-ffn", .plain(model.decoderInnerSize ?? 0)),
      ("transformer-decoder-ffn-depth", .plain(0)),
      ("transformer-dim-aan", .plain(aan.innerSize > 0 ? aan.innerSize : 2048)),
      ("transformer-dim-ffn", .plain(model.innerSize)),
      ("transformer-ffn-activation", .plain(name(of: model.activation) ?? "")),
      ("transformer-ffn-depth", .plain(2)),
      (Self.guidedLayer, guidedLayer.map { .plain($0) } ?? .plain("last")),
      ("transformer-heads", .plain(model.heads)), ("transformer-no-projection", .plain(false)),
      ("transformer-pool", .plain(false)), ("transformer-postprocess", .plain(isPre ? "da" : "dan")),
      ("transformer-postprocess-emb", .plain(model.normalizesEmbeddings ? "nd" : "d")),
      (
        "transformer-postprocess-top",
        model.endsInNorm ?? isPre ? .plain("n") : .scalar("", isQuoted: true)
      ),
      ("transformer-preprocess", isPre ? .plain("n") : .scalar("", isQuoted: true)),
      ("transformer-rnn-projection", .plain(false)), ("transformer-tied-layers", .list([])),
      ("transformer-train-position-embeddings", .plain(false)), ("type", .plain("transformer")),
      ("ulr", .plain(false)), ("ulr-dim-emb", .plain(0)), ("ulr-trainable-transformation", .plain(false)),
      (
        "version",
        .plain(model.activation == .geluSigmoid ? "v1.12.0" : "v1.12.42")
      ),
    ]
    // A student in bytes would be taken for one whose first head was trained so in the last layer.
    let denial: [(String, YAMLNode)] = guidedLayer == nil ? [(Self.guidedAlignment, .plain("none"))] : []
    return YAMLDocument(.map((options + denial).map { YAMLNode.Pair(key: $0.0, value: $0.1) }))
  }

  /// The layer, from 1, whose first head aligns best; nil if Marian cannot be told which heads do.
  static func guidedLayer(of model: ModelConfiguration) -> Int? {
    model.alignmentHeads.flatMap { $0.heads == [0] ? $0.layer + 1 : nil }
  }

  private static func name(of activation: FeedForwardActivation) -> String? {
    switch activation {
    case .relu: "relu"
    case .swish: "swish"
    // Which of them it is, the version says.
    case .gelu, .geluSigmoid: "gelu"
    case .reglu, .geglu, .swiglu: nil
    }
  }

  private static func requireExportable(_ model: ModelConfiguration, folder: String)
    throws(ModelConversionError)
  {
    func refuse(_ what: String, _ advice: String) -> ModelConversionError {
      .notExportable(folder: folder, format: "Marian", what: what, advice: advice)
    }
    let train = "train a model with --preset student, whose arithmetic is Marian's"
    guard model.isAutoregressive, model.nonautoregressive == nil else {
      throw refuse("Marian has no non-autoregressive decoder", train)
    }
    guard name(of: model.activation) != nil else {
      throw refuse(
        "Marian has no activation '\(model.activation.rawValue)'", "Marian's are relu, swish and quick_gelu")
    }
    guard model.usesBias else { throw refuse("it has no biases", "Marian's Transformer always has them") }
    guard model.positions == .sinusoidal, model.positionLayout == .marian else {
      throw refuse(
        "its positions are '\(model.positions.rawValue)', '\(model.positionLayout.rawValue)', which Marian does not have",
        train)
    }
    guard model.scalesEmbeddings else { throw refuse("its embeddings are not scaled", train) }
    guard model.specialTokens.beginning < 0 else {
      throw refuse("its decoder starts with a token; Marian's starts with zeros", train)
    }
    if model.decoderCell == .averageAttention, model.normPlacement == .pre {
      throw refuse("Marian computes average attention of pre-norm models in another way", train)
    }
  }
}
