internal import Layers
internal import ModelFormats
internal import Models
internal import Tokens

/// The architecture of a checkpoint of fairseq.
///
/// Source: facebookresearch/fairseq, `fairseq/models/transformer/transformer_config.py` and `transformer_legacy.py`, whose
/// defaults are those of missing options.
struct FairseqConfiguration {
  private let checkpoint: FairseqCheckpoint
  private var options: CheckpointOptions { checkpoint.model }

  init(_ checkpoint: FairseqCheckpoint) { self.checkpoint = checkpoint }

  /// Reads the architecture of a model with vocabularies of these sizes.
  ///
  /// - Throws: ``ModelConversionError`` for what is not supported.
  func read(source: Int, target: Int) throws(ModelConversionError) -> ModelConfiguration {
    try requireSupported()
    var model = ModelConfiguration(sourceVocabularySize: source, targetVocabularySize: target)
    model.size = try options.number("encoder_embed_dim", default: 512)
    model.encoderLayers = try options.number("encoder_layers", default: 6)
    model.decoderLayers = try options.number("decoder_layers", default: 6)
    model.heads = try options.number("encoder_attention_heads", default: 8)
    model.innerSize = try options.number("encoder_ffn_embed_dim", default: 2048)
    let decoderInner = try options.number("decoder_ffn_embed_dim", default: model.innerSize)
    model.decoderInnerSize = decoderInner == model.innerSize ? nil : decoderInner
    try requireEqual("decoder_embed_dim", model.size, "encoder_embed_dim")
    try requireEqual("decoder_output_dim", model.size, "encoder_embed_dim")
    try requireEqual("decoder_attention_heads", model.heads, "encoder_attention_heads")
    model.activation = try activation()
    try readNorms(into: &model)
    model.tying =
      try options.isOn("share_all_embeddings")
      ? .all : options.isOn("share_decoder_input_output_embed") ? .decoder : .none
    model.scalesEmbeddings = try !options.isOn("no_scale_embedding")
    // Positions count from the padding token's id + 1, so that a table is read or computed.
    model.positions = .learned
    let limits = try [
      options.number("max_source_positions", default: 1024),
      options.number("max_target_positions", default: 1024),
    ]
    model.maxPositions = min(limits[0], limits[1])
    model.dropout = try options.real("dropout", default: 0.1)
    model.attentionDropout = try options.real("attention_dropout", default: 0)
    model.activationDropout = try options.real("activation_dropout", default: 0)
    // The decoder starts with the end token.
    model.specialTokens = SpecialTokens(padding: 1, beginning: 2, end: 2, unknown: 3)
    return model
  }

  private func activation() throws(ModelConversionError) -> FeedForwardActivation {
    let names: [String: FeedForwardActivation] = ["relu": .relu, "gelu": .gelu, "swish": .swish]
    guard let activation = names[try options.text("activation_fn") ?? "relu"] else {
      throw options.bad("activation_fn", names.keys.sorted().joined(separator: ", "))
    }
    return activation
  }

  private func readNorms(into model: inout ModelConfiguration) throws(ModelConversionError) {
    let isBefore = try options.isOn("encoder_normalize_before")
    guard try options.isOn("decoder_normalize_before") == isBefore else {
      throw options.bad("decoder_normalize_before", "\(isBefore), as in the encoder")
    }
    model.normPlacement = isBefore ? .pre : .post
    let ends = ["encoder", "decoder"].map { checkpoint.has("\($0).layer_norm.weight") }
    guard ends[0] == ends[1] else {
      throw .unsupported(
        path: checkpoint.path, what: "a norm at the end of only one stack",
        advice: "models with it in both or neither are supported")
    }
    model.endsInNorm = ends[0]
    let embeddings = ["encoder", "decoder"].map { checkpoint.has("\($0).layernorm_embedding.weight") }
    guard embeddings[0] == embeddings[1] else {
      throw .unsupported(
        path: checkpoint.path, what: "a norm of the embeddings of only one side",
        advice: "models with it on both sides or neither are supported")
    }
    model.normalizesEmbeddings = embeddings[0]
  }

  private func requireEqual(_ key: String, _ expected: Int, _ other: String) throws(ModelConversionError) {
    guard try options.number(key, default: expected) == expected else {
      throw options.bad(key, "\(expected), as \(other)")
    }
  }

  private func requireSupported() throws(ModelConversionError) {
    // In turn, since autoclosures of ?? would throw any error.
    let names = try [options.text("arch"), options.text("_name")]
    let architecture = names.compactMap { $0 }.first ?? "transformer"
    let others = [
      "transformer_lm", "transformer_from_pretrained", "transformer_pointer", "transformer_monotonic",
    ]
    guard architecture.hasPrefix("transformer"), !others.contains(where: architecture.hasPrefix) else {
      throw .unsupported(
        path: checkpoint.path, what: "the architecture '\(architecture)'",
        advice: "fairseq's 'transformer' and its sizes, such as transformer_iwslt_de_en, are supported")
    }
    let tasks = try [checkpoint.task.text("task"), checkpoint.task.text("_name")]
    let task = tasks.compactMap { $0 }.first ?? "translation"
    guard task == "translation" else {
      throw .unsupported(
        path: checkpoint.path, what: "a model of the task '\(task)'",
        advice: "models of 'translation', from one language to another, are supported")
    }
    for key in ["no_token_positional_embeddings", "no_cross_attention", "cross_self_attention"]
    where try options.isOn(key) {
      throw .unsupported(
        path: checkpoint.path, what: "a model with \(key)", advice: "models without it are supported")
    }
  }
}
