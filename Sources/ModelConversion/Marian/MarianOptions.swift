internal import Layers
internal import ModelFormats
internal import Models

/// The options of a Marian model, `special:model.yml`, by their names.
///
/// Numbers and truth values may be quoted or not. Options that are missing have Marian's defaults.
struct MarianOptions {
  /// A map.
  let root: YAMLNode
  /// The file that has them, for messages.
  let path: String

  func text(_ key: String, default missing: String) -> String { root[key]?.text ?? missing }

  func isOn(_ key: String) throws(ModelConversionError) -> Bool {
    guard let node = root[key] else { return false }
    guard let value = node.bool else { throw bad(key, node, "true or false") }
    return value
  }

  func number(_ key: String, default missing: Int? = nil) throws(ModelConversionError) -> Int {
    guard let node = root[key] else {
      if let missing { return missing }
      throw .badOption(path: path, key: key, found: "missing", expected: "a whole number")
    }
    guard let number = node.int else { throw bad(key, node, "a whole number") }
    return number
  }

  func texts(_ key: String) throws(ModelConversionError) -> [String] {
    guard let node = root[key] else { return [] }
    guard let texts = node.strings else { throw bad(key, node, "a list of texts") }
    return texts
  }

  func numbers(_ key: String) throws(ModelConversionError) -> [Int] {
    var result: [Int] = []
    for text in try texts(key) {
      guard let number = Int(text) else {
        throw .badOption(path: path, key: key, found: text, expected: "whole numbers")
      }
      result.append(number)
    }
    return result
  }

  private func bad(_ key: String, _ node: YAMLNode, _ expected: String) -> ModelConversionError {
    .badOption(path: path, key: key, found: node.text ?? "a list or a map", expected: expected)
  }
}

/// What Marian's options say about the architecture.
///
/// Source: marian-dev, `src/models/transformer.h`, `src/models/encoder_decoder.cpp` (which options a model stores).
extension MarianOptions {
  /// The architecture.
  ///
  /// - Throws: ``ModelConversionError/unsupported(path:what:advice:)`` for models that compute something else.
  func configuration() throws(ModelConversionError) -> ModelConfiguration {
    try requireSupported()
    let vocabularies = try numbers("dim-vocabs")
    guard vocabularies.count == 2 else {
      throw .unsupported(
        path: path, what: "a model with \(vocabularies.count) vocabularies (dim-vocabs)",
        advice: "models have one source and one target")
    }
    var model = ModelConfiguration(
      sourceVocabularySize: vocabularies[0], targetVocabularySize: vocabularies[1])
    model.size = try number("dim-emb")
    model.encoderLayers = try number("enc-depth")
    model.decoderLayers = try number("dec-depth")
    model.heads = try number("transformer-heads")
    model.innerSize = try number("transformer-dim-ffn")
    let decoderInner = try number("transformer-decoder-dim-ffn", default: 0)
    model.decoderInnerSize = decoderInner == 0 || decoderInner == model.innerSize ? nil : decoderInner
    model.activation = try activation("transformer-ffn-activation", default: "swish")
    try readNorms(into: &model)
    try readDecoderCell(into: &model)
    model.tying = try tying()
    model.hasOutputBias = !(try isOn("output-omit-bias"))
    model.normEpsilon = 1e-6
    model.positionLayout = .marian
    return model
  }

  private func activation(_ key: String, default missing: String) throws(ModelConversionError)
    -> FeedForwardActivation
  {
    switch text(key, default: missing) {
    case "relu": return .relu
    case "swish": return .swish
    case "gelu": return hasExactGELU ? .gelu : .geluSigmoid
    case let found: throw .badOption(path: path, key: key, found: found, expected: "relu, swish or gelu")
    }
  }

  /// Whether the version that wrote the model computes GELU exactly, not as `x · σ(1.702 · x)`.
  ///
  /// Source: marian-dev's CHANGELOG, after 1.12.0.
  private var hasExactGELU: Bool {
    let numbers = text("version", default: "").drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
      .split(separator: ".").compactMap { Int($0) }
    return !numbers.lexicographicallyPrecedes(Self.firstExactGELU) && !numbers.isEmpty
  }

  static let firstExactGELU = [1, 12, 3]

  private func tying() throws(ModelConversionError) -> EmbeddingTying {
    if try isOn("tied-embeddings-all") { return .all }
    switch (try isOn("tied-embeddings"), try isOn("tied-embeddings-src")) {
    case (true, true): return .all
    case (true, false): return .decoder
    case (false, true): return .embeddings
    case (false, false): return .none
    }
  }

  /// Strings of operations before and after each sublayer: d(ropout), a(dd), n(orm).
  private func readNorms(into model: inout ModelConfiguration) throws(ModelConversionError) {
    func operations(_ key: String, default missing: String, among known: String) throws(ModelConversionError)
      -> String
    {
      let found = text(key, default: missing)
      guard found.allSatisfy(known.contains) else {
        throw .unsupported(
          path: path, what: "\(key) '\(found)'",
          advice: "only d (dropout), a (add) and n (norm) are, in the orders of post-norm and pre-norm models"
        )
      }
      return found.filter { $0 != "d" }
    }
    let before = try operations("transformer-preprocess", default: "", among: "dn")
    let after = try operations("transformer-postprocess", default: "dan", among: "dan")
    switch (before, after) {
    case ("", "an"): model.normPlacement = .post
    case ("n", "a"): model.normPlacement = .pre
    default:
      throw .unsupported(
        path: path,
        what: "transformer-preprocess '\(before)' with transformer-postprocess '\(after)' (without d)",
        advice: "post-norm models have '' and 'an', pre-norm models 'n' and 'a'")
    }
    model.normalizesEmbeddings =
      try operations("transformer-postprocess-emb", default: "d", among: "dn") == "n"
    let endsInNorm = try operations("transformer-postprocess-top", default: "", among: "dn") == "n"
    model.endsInNorm = endsInNorm == (model.normPlacement == .pre) ? nil : endsInNorm
  }

  private func readDecoderCell(into model: inout ModelConfiguration) throws(ModelConversionError) {
    switch text("transformer-decoder-autoreg", default: "self-attention") {
    case "self-attention": model.decoderCell = .selfAttention
    case "rnn":
      let cell = text("dec-cell", default: "gru")
      guard cell == "ssru" else {
        throw .unsupported(
          path: path, what: "a decoder of '\(cell)' cells (dec-cell)", advice: "ssru is supported")
      }
      for key in ["layer-normalization", "transformer-rnn-projection"] where try isOn(key) {
        throw .unsupported(path: path, what: "SSRU with \(key)", advice: "SSRU is supported without it")
      }
      model.decoderCell = .ssru
    case "average-attention":
      guard model.normPlacement == .post else {
        throw .unsupported(
          path: path, what: "average attention in a pre-norm model",
          advice: "it is supported in post-norm models")
      }
      model.decoderCell = .averageAttention
      model.averageAttention.isGated = !(try isOn("transformer-aan-nogate"))
      model.averageAttention.activation = try activation("transformer-aan-activation", default: "swish")
      switch try number("transformer-aan-depth", default: 2) {
      case 1: model.averageAttention.innerSize = 0
      case 2: model.averageAttention.innerSize = try number("transformer-dim-aan", default: 2048)
      case let depth:
        throw .unsupported(
          path: path, what: "transformer-aan-depth \(depth)", advice: "1 and 2 are supported")
      }
    case let found:
      throw .badOption(
        path: path, key: "transformer-decoder-autoreg", found: found,
        expected: "self-attention, average-attention or rnn")
    }
  }

  /// For each layer of the decoder the layer whose parameters it uses, from 1; empty for its own.
  func tiedLayers(of model: ModelConfiguration) throws(ModelConversionError) -> [Int] {
    let tied = try numbers("transformer-tied-layers")
    guard tied.isEmpty || tied.count == model.decoderLayers && tied.allSatisfy({ $0 > 0 }) else {
      throw .badOption(
        path: path, key: "transformer-tied-layers", found: "\(tied)",
        expected: "a layer for each of \(model.decoderLayers)")
    }
    return tied
  }

  private func requireSupported() throws(ModelConversionError) {
    let type = text("type", default: "")
    guard type == "transformer" else {
      throw .unsupported(
        path: path, what: "a model of type '\(type)'", advice: "Marian's transformer is supported")
    }
    let offOnly = [
      "right-left", "ulr", "transformer-pool", "transformer-no-projection", "transformer-no-bias",
      "transformer-no-affine", "transformer-disable-position-embeddings", "transformer-alibi-shift",
      "transformer-alibi-trainable",
    ]
    for key in offOnly where try isOn(key) {
      throw .unsupported(path: path, what: "a model with \(key)", advice: "models without it are supported")
    }
    for (key, expected) in [("transformer-ffn-depth", 2), ("transformer-decoder-ffn-depth", 0)] {
      let found = try number(key, default: expected)
      guard found == expected || found == 2 else {
        throw .unsupported(path: path, what: "\(key) \(found)", advice: "2 is supported")
      }
    }
    if try number("lemma-dim-emb", default: 0) != 0 || !text("lemma-dependency", default: "").isEmpty {
      throw .unsupported(
        path: path, what: "a factored vocabulary", advice: "models with one token a word are supported")
    }
    let mask = text("transformer-attention-mask", default: "default")
    guard mask == "default" else {
      throw .unsupported(
        path: path, what: "transformer-attention-mask '\(mask)'", advice: "models without it are supported")
    }
    let inputs = try texts("input-types")
    guard inputs.allSatisfy({ $0 == "sequence" }) else {
      throw .unsupported(
        path: path, what: "input-types \(inputs.joined(separator: ", "))",
        advice: "a source and a target sequence are supported")
    }
  }
}
