internal import Files
internal import Layers
internal import Models
internal import Tokens

/// `config.json` of Hugging Face's Marian.
///
/// Source: huggingface/transformers, `models/marian/configuration_marian.py`, whose defaults are those of missing keys, and
/// `modeling_marian.py`, which has one form of norms and positions whatever the file says.
enum HuggingFaceConfiguration {
  /// Reads the architecture, without what only the weights say.
  ///
  /// - Throws: ``ModelConversionError`` for another architecture, `FileError` for a damaged file.
  static func read(folder: String) throws -> ModelConfiguration {
    let options = try JSONOptions(path: "\(folder)/\(ModelFiles.configuration)")
    let type = try options.text("model_type") ?? "missing"
    guard type == "marian" else {
      throw ModelConversionError.unsupported(
        path: options.path, what: "model_type '\(type)'", advice: "'marian' is supported")
    }
    let vocabulary = try options.number("vocab_size")
    var model = ModelConfiguration(
      sourceVocabularySize: vocabulary,
      targetVocabularySize: try options.number("decoder_vocab_size", default: vocabulary))
    model.size = try options.number("d_model")
    (model.encoderLayers, model.decoderLayers) = (
      try options.number("encoder_layers"), try options.number("decoder_layers")
    )
    model.heads = try options.number("encoder_attention_heads")
    guard try options.number("decoder_attention_heads") == model.heads else {
      throw options.bad("decoder_attention_heads", "\(model.heads), as in the encoder")
    }
    model.innerSize = try options.number("encoder_ffn_dim")
    let decoderInner = try options.number("decoder_ffn_dim")
    model.decoderInnerSize = decoderInner == model.innerSize ? nil : decoderInner
    model.activation = try activation(options)
    let sharesSource = try options.isOn("share_encoder_decoder_embeddings", default: true)
    let sharesOutput = try options.isOn("tie_word_embeddings", default: true)
    model.tying =
      sharesOutput ? (sharesSource ? .all : .decoder) : (sharesSource ? .embeddings : .none)
    model.scalesEmbeddings = try options.isOn("scale_embedding", default: false)
    model.positionLayout = .halves
    model.maxPositions = try options.number("max_position_embeddings", default: 1024)
    model.normEpsilon = LayerNorm.defaultEpsilon
    (model.dropout, model.attentionDropout, model.activationDropout) = (
      try options.real("dropout") ?? 0.1, try options.real("attention_dropout") ?? 0,
      try options.real("activation_dropout") ?? 0
    )
    try readTokens(options, into: &model)
    return model
  }

  /// The names of activations, of which some have two.
  static let activations: [String: FeedForwardActivation] = [
    "relu": .relu, "gelu": .gelu, "quick_gelu": .geluSigmoid, "swish": .swish, "silu": .swish,
  ]

  private static func activation(_ options: JSONOptions) throws(ModelConversionError) -> FeedForwardActivation
  {
    let name = try options.text("activation_function") ?? "gelu"
    guard let activation = activations[name] else {
      throw options.bad("activation_function", activations.keys.sorted().joined(separator: ", "))
    }
    return activation
  }

  /// The ids of special tokens; that of the unknown token is in the vocabulary.
  private static func readTokens(_ options: JSONOptions, into model: inout ModelConfiguration)
    throws(ModelConversionError)
  {
    let end = try options.token("eos_token_id")
    guard end != SpecialTokens.absent else { throw options.bad("eos_token_id", "the id of the end token") }
    let start = try options.token("decoder_start_token_id")
    guard start != SpecialTokens.absent else {
      throw options.bad("decoder_start_token_id", "the id of the token with which the decoder starts")
    }
    model.specialTokens = SpecialTokens(
      padding: try options.token("pad_token_id"), beginning: start, end: end, unknown: end)
  }
}
