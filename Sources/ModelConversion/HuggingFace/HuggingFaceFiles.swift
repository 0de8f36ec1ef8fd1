internal import Files
internal import Layers
internal import Models
internal import Text
internal import Tokens

/// The JSON files of Hugging Face's folders.
enum HuggingFaceFiles {
  /// `config.json`.
  static func configuration(_ exported: ExportedModel, _ rows: HuggingFaceRows) -> JSONTree {
    let model = exported.configuration
    let tokens = model.specialTokens
    let names = HuggingFaceConfiguration.activations.filter { $0.value == model.activation }.keys.sorted()
    return .object([
      member("architectures", .array([.string("MarianMTModel")])),
      member("model_type", .string("marian")),
      member("is_encoder_decoder", .bool(true)),
      member("vocab_size", number(rows.source)),
      member("decoder_vocab_size", number(rows.target)),
      member("d_model", number(model.size)),
      member("encoder_layers", number(model.encoderLayers)),
      member("decoder_layers", number(model.decoderLayers)),
      member("num_hidden_layers", number(model.encoderLayers)),
      member("encoder_attention_heads", number(model.heads)),
      member("decoder_attention_heads", number(model.heads)),
      member("encoder_ffn_dim", number(model.innerSize)),
      member("decoder_ffn_dim", number(model.decoderInnerSize ?? model.innerSize)),
      member("activation_function", .string(names.last ?? model.activation.rawValue)),
      member("scale_embedding", .bool(model.scalesEmbeddings)),
      member("static_position_embeddings", .bool(true)),
      member("max_position_embeddings", number(model.maxPositions)),
      member("normalize_embedding", .bool(false)),
      member("share_encoder_decoder_embeddings", .bool(model.tying == .all)),
      member("tie_word_embeddings", .bool(model.tying == .all || model.tying == .decoder)),
      member("dropout", .number("\(model.dropout)")),
      member("attention_dropout", .number("\(model.attentionDropout)")),
      member("activation_dropout", .number("\(model.activationDropout)")),
      member("pad_token_id", token(rows.padding)),
      member("bos_token_id", tokens.beginning == SpecialTokens.absent ? .null : token(tokens.beginning)),
      member("eos_token_id", token(tokens.end)),
      member("decoder_start_token_id", token(rows.start)),
      member("forced_eos_token_id", token(tokens.end)),
      member("torch_dtype", .string("float32")),
    ])
  }

  /// `generation_config.json`: the tokens that `translate` never writes, and its usual search.
  static func generation(_ model: ModelConfiguration, _ rows: HuggingFaceRows) -> JSONTree {
    let tokens = model.specialTokens
    let banned = Set([rows.padding, tokens.padding, tokens.beginning, tokens.unknown])
      .subtracting([SpecialTokens.absent, tokens.end]).sorted()
    return .object([
      member("bad_words_ids", .array(banned.map { .array([token($0)]) })),
      member("decoder_start_token_id", token(rows.start)),
      member("eos_token_id", token(tokens.end)),
      member("forced_eos_token_id", token(tokens.end)),
      member("pad_token_id", token(rows.padding)),
      member("max_length", number(min(512, model.maxPositions))),
      member("num_beams", number(5)),
    ])
  }

  /// `tokenizer_config.json`.
  static func tokenizer(_ exported: ExportedModel, _ rows: HuggingFaceRows, _ vocabulary: ExportedVocabulary)
    -> JSONTree
  {
    let (settings, tokens) = (exported.pipeline.settings, exported.configuration.specialTokens)
    let names = rows.tokens(vocabulary.target)
    func language(_ code: String) -> JSONTree { code.isEmpty ? .null : .string(code) }
    return .object([
      member("tokenizer_class", .string("MarianTokenizer")),
      member("source_lang", language(settings.sourceLanguage)),
      member("target_lang", language(settings.targetLanguage)),
      member("unk_token", .string(names[Int(tokens.unknown)])),
      member("eos_token", .string(names[Int(tokens.end)])),
      member("pad_token", .string(names[Int(rows.padding)])),
      member("separate_vocabs", .bool(!vocabulary.isShared)),
      member("model_max_length", number(min(512, exported.configuration.maxPositions))),
      member("clean_up_tokenization_spaces", .bool(false)),
      member("sp_model_kwargs", .object([])),
    ])
  }

  /// `vocab.json`, from token to id.
  static func vocabulary(_ tokens: [String]) -> JSONTree {
    .object(tokens.enumerated().map { member($0.element, number($0.offset)) })
  }

  private static func member(_ key: String, _ value: JSONTree) -> JSONTree.Member {
    .init(key: key, value: value)
  }
  private static func number(_ value: Int) -> JSONTree { .number("\(value)") }
  private static func token(_ id: TokenID) -> JSONTree { .number("\(id)") }
}
