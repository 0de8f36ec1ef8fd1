internal import Autodiff
internal import Layers
internal import Tokens

/// `config.json`: the architecture, with the keys of Hugging Face's Marian where they exist.
extension ModelConfiguration: Codable {
  enum Key: String, CodingKey {
    case modelType = "model_type"
    case vocabularySize = "vocab_size"
    case decoderVocabularySize = "decoder_vocab_size"
    case size = "d_model"
    case encoderLayers = "encoder_layers"
    case decoderLayers = "decoder_layers"
    case encoderHeads = "encoder_attention_heads"
    case decoderHeads = "decoder_attention_heads"
    case encoderInnerSize = "encoder_ffn_dim"
    case decoderInnerSize = "decoder_ffn_dim"
    case activation = "activation_function"
    case normPlacement = "norm_placement"
    case sharesEmbeddings = "share_encoder_decoder_embeddings"
    case tiesOutput = "tie_word_embeddings"
    case scalesEmbeddings = "scale_embedding"
    case positions = "position_encoding"
    case positionLayout = "position_layout"
    case maxPositions = "max_position_embeddings"
    case staticPositions = "static_position_embeddings"
    case usesBias = "use_bias"
    case decoderCell = "decoder_cell"
    case averageAttention = "average_attention"
    case normEpsilon = "layer_norm_epsilon"
    case endsInNorm = "final_norm"
    case normalizesEmbeddings = "normalize_embedding"
    case hasOutputBias = "output_bias"
    case alignmentHeads = "alignment_heads"
    case isAutoregressive = "autoregressive_decoder"
    case nonautoregressive = "nonautoregressive_decoder"
    case initialization
    case dropout
    case attentionDropout = "attention_dropout"
    case activationDropout = "activation_dropout"
    case padding = "pad_token_id"
    case beginning = "bos_token_id"
    case end = "eos_token_id"
    case unknown = "unk_token_id"
    case decoderStart = "decoder_start_token_id"
  }

  /// The keys of token ids.
  static let tokenKeys = [Key.padding, .beginning, .end, .unknown, .decoderStart].map(\.rawValue)
  /// The keys of dropout rates.
  static let rateKeys = [Key.dropout, .attentionDropout, .activationDropout].map(\.rawValue)
  /// The key of the non-autoregressive decoder.
  static let nonautoregressiveKey = Key.nonautoregressive.rawValue

  /// Reads an architecture; unknown keys are ignored, and missing ones take the paper's values.
  ///
  /// - Throws: `DecodingError` for a value of the wrong type or an impossible value.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    let vocabulary = try box.decode(Int.self, forKey: .vocabularySize)
    self.init(
      sourceVocabularySize: vocabulary,
      targetVocabularySize: try box.decodeIfPresent(Int.self, forKey: .decoderVocabularySize) ?? vocabulary)
    size = try box.decode(Int.self, forKey: .size)
    encoderLayers = try box.decode(Int.self, forKey: .encoderLayers)
    decoderLayers = try box.decode(Int.self, forKey: .decoderLayers)
    heads = try box.decode(Int.self, forKey: .encoderHeads)
    innerSize = try box.decode(Int.self, forKey: .encoderInnerSize)
    try requireSame(heads, .decoderHeads, box)
    let decoderInner = try box.decodeIfPresent(Int.self, forKey: .decoderInnerSize)
    decoderInnerSize = decoderInner == innerSize ? nil : decoderInner
    specialTokens = try Self.specialTokens(box)
    try requireSpecialTokensWithinVocabularies(box)
    activation = try name(.activation, box) ?? .relu
    normPlacement = try name(.normPlacement, box) ?? .post
    let shares = try box.decodeIfPresent(Bool.self, forKey: .sharesEmbeddings)
    let ties = try box.decodeIfPresent(Bool.self, forKey: .tiesOutput) ?? true
    tying = ties ? (shares ?? true ? .all : .decoder) : (shares == true ? .embeddings : .none)
    scalesEmbeddings = try box.decodeIfPresent(Bool.self, forKey: .scalesEmbeddings) ?? true
    positions = try Self.positions(box)
    positionLayout = try name(.positionLayout, box) ?? .interleaved
    maxPositions = try box.decodeIfPresent(Int.self, forKey: .maxPositions) ?? maxPositions
    usesBias = try box.decodeIfPresent(Bool.self, forKey: .usesBias) ?? true
    isAutoregressive = try box.decodeIfPresent(Bool.self, forKey: .isAutoregressive) ?? true
    nonautoregressive = try box.decodeIfPresent(
      NonautoregressiveConfiguration.self, forKey: .nonautoregressive)
    initialization = try name(.initialization, box) ?? .glorot
    try readVariants(box)
    dropout = try box.decodeIfPresent(Float.self, forKey: .dropout) ?? 0.1
    attentionDropout = try box.decodeIfPresent(Float.self, forKey: .attentionDropout) ?? 0
    activationDropout = try box.decodeIfPresent(Float.self, forKey: .activationDropout) ?? 0
    if let problem {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: problem))
    }
  }

  /// The special tokens from the keys that are present; others have their standard ids.
  ///
  /// The decoder starts with `decoder_start_token_id`, whatever `bos_token_id` is.
  private static func specialTokens(_ box: KeyedDecodingContainer<Key>) throws -> SpecialTokens {
    // Null is a token that the vocabulary does not have.
    func id(_ key: Key) throws -> TokenID? {
      guard box.contains(key) else { return nil }
      return try box.decodeNil(forKey: key) ? SpecialTokens.absent : box.decode(TokenID.self, forKey: key)
    }
    let standard = SpecialTokens.standard
    return SpecialTokens(
      padding: try id(.padding) ?? standard.padding,
      beginning: try id(.decoderStart) ?? id(.beginning) ?? standard.beginning,
      end: try id(.end) ?? standard.end, unknown: try id(.unknown) ?? standard.unknown)
  }

  private func requireSpecialTokensWithinVocabularies(_ box: KeyedDecodingContainer<Key>) throws {
    let smaller = min(sourceVocabularySize, targetVocabularySize)
    // Without a token to start with, the decoder starts with the beginning token.
    let start = box.contains(.decoderStart) ? Key.decoderStart : Key.beginning
    let limits = [
      (Key.padding, specialTokens.padding, targetVocabularySize),
      (start, specialTokens.beginning, targetVocabularySize), (.end, specialTokens.end, smaller),
      (.unknown, specialTokens.unknown, smaller),
    ]
    // Sizes below 1 are reported by `problem`.
    for (key, id, limit) in limits where limit > 0 && box.contains(key) && !(0..<limit).contains(Int(id)) {
      if try box.decodeNil(forKey: key) { continue }
      throw DecodingError.dataCorruptedError(
        forKey: key, in: box, debugDescription: "\(key.rawValue) is \(id), but there are only \(limit) tokens"
      )
    }
  }

  /// Positions by name; without one, static or learned ones, as in Marian.
  private static func positions(_ box: KeyedDecodingContainer<Key>) throws -> PositionEncoding {
    let isStatic = try box.decodeIfPresent(Bool.self, forKey: .staticPositions)
    let positions = try name(.positions, box) ?? (isStatic == false ? PositionEncoding.learned : .sinusoidal)
    if let isStatic, isStatic != (positions == .sinusoidal) {
      throw DecodingError.dataCorruptedError(
        forKey: .staticPositions, in: box,
        debugDescription:
          "\(Key.staticPositions.rawValue) is \(isStatic), but \(Key.positions.rawValue) is \(positions)")
    }
    return positions
  }

  private func requireSame(_ value: Int, _ key: Key, _ box: KeyedDecodingContainer<Key>) throws {
    guard let other = try box.decodeIfPresent(Int.self, forKey: key), other != value else { return }
    throw DecodingError.dataCorruptedError(
      forKey: key, in: box, debugDescription: "\(key.rawValue) is \(other), expected \(value)")
  }

  /// Writes the architecture.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    try box.encode("marian", forKey: .modelType)
    try box.encode(sourceVocabularySize, forKey: .vocabularySize)
    try box.encode(targetVocabularySize, forKey: .decoderVocabularySize)
    try box.encode(size, forKey: .size)
    try box.encode(encoderLayers, forKey: .encoderLayers)
    try box.encode(decoderLayers, forKey: .decoderLayers)
    for key in [Key.encoderHeads, .decoderHeads] { try box.encode(heads, forKey: key) }
    try box.encode(innerSize, forKey: .encoderInnerSize)
    try box.encode(decoderInnerSize ?? innerSize, forKey: .decoderInnerSize)
    try box.encode(activation, forKey: .activation)
    try box.encode(normPlacement, forKey: .normPlacement)
    try box.encode(tying.sharesSource, forKey: .sharesEmbeddings)
    try box.encode(tying.sharesOutput, forKey: .tiesOutput)
    try box.encode(scalesEmbeddings, forKey: .scalesEmbeddings)
    // The paper's models are written without the keys of variants.
    if positions != .sinusoidal { try box.encode(positions, forKey: .positions) }
    try box.encode(positionLayout, forKey: .positionLayout)
    try box.encode(maxPositions, forKey: .maxPositions)
    try box.encode(positions == .sinusoidal, forKey: .staticPositions)
    if !isAutoregressive { try box.encode(isAutoregressive, forKey: .isAutoregressive) }
    try box.encodeIfPresent(nonautoregressive, forKey: .nonautoregressive)
    if !usesBias { try box.encode(usesBias, forKey: .usesBias) }
    if initialization != .glorot { try box.encode(initialization, forKey: .initialization) }
    try writeVariants(&box)
    try box.encode(dropout, forKey: .dropout)
    try box.encode(attentionDropout, forKey: .attentionDropout)
    try box.encode(activationDropout, forKey: .activationDropout)
    let (padding, beginning) = (specialTokens.padding, specialTokens.beginning)
    try box.encode(padding == SpecialTokens.absent ? nil : padding, forKey: .padding)
    for key in [Key.beginning, .decoderStart] {
      try box.encode(beginning == SpecialTokens.absent ? nil : beginning, forKey: key)
    }
    try box.encode(specialTokens.end, forKey: .end)
    try box.encode(specialTokens.unknown, forKey: .unknown)
  }
}

/// One of a set of names; nil if the key is missing.
func name<Name: RawRepresentable & CaseIterable, Key: CodingKey>(
  _ key: Key, _ box: KeyedDecodingContainer<Key>
) throws -> Name? where Name.RawValue == String {
  guard let text = try box.decodeIfPresent(String.self, forKey: key) else { return nil }
  guard let name = Name(rawValue: text) else {
    let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
    throw DecodingError.dataCorruptedError(
      forKey: key, in: box, debugDescription: "'\(text)' is not one of \(known)")
  }
  return name
}
