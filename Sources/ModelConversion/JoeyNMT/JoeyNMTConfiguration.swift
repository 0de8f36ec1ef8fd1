internal import Layers
internal import ModelFormats
internal import Models

/// The architecture of a checkpoint of JoeyNMT.
///
/// Source: joeynmt/joeynmt, `joeynmt/model.py`, `encoders.py`, `decoders.py` and `transformer_layers.py` of versions 1 and 2,
/// whose defaults are those of missing keys.
struct JoeyNMTConfiguration {
  private let checkpoint: JoeyNMTCheckpoint

  init(_ checkpoint: JoeyNMTCheckpoint) { self.checkpoint = checkpoint }

  /// Reads the architecture of a model with vocabularies of these sizes.
  ///
  /// - Throws: ``ModelConversionError`` for what is not supported.
  func read(source: Int, target: Int) throws(ModelConversionError) -> ModelConfiguration {
    try requireSupported()
    var model = ModelConfiguration(sourceVocabularySize: source, targetVocabularySize: target)
    model.size = try number("encoder", "hidden_size", default: 512)
    try requireEqual("hidden_size", model.size, default: 512)
    model.encoderLayers = try number("encoder", "num_layers", default: 8)
    model.decoderLayers = try number("decoder", "num_layers", default: 8)
    model.heads = try number("encoder", "num_heads", default: 4)
    try requireEqual("num_heads", model.heads, default: 4)
    model.innerSize = try number("encoder", "ff_size", default: 2048)
    let decoderInner = try number("decoder", "ff_size", default: 2048)
    model.decoderInnerSize = decoderInner == model.innerSize ? nil : decoderInner
    model.activation = try activation()
    try readNorms(into: &model)
    let sharesSource = try isOn("tied_embeddings"), sharesOutput = try isOn("tied_softmax")
    model.tying =
      sharesOutput ? (sharesSource ? .all : .decoder) : (sharesSource ? .embeddings : .none)
    let scales = try ["encoder", "decoder"].map { side throws(ModelConversionError) in
      try isOn(checkpoint.value("model", side, "embeddings", "scale"), "\(side).embeddings.scale")
    }
    guard scales[0] == scales[1] || sharesSource else {
      throw bad("decoder.embeddings.scale", "\(scales[1])", "\(scales[0]), as in the encoder")
    }
    model.scalesEmbeddings = scales[0]
    model.maxPositions = 1024
    model.dropout = Float(checkpoint.value("model", "encoder", "dropout")?.float ?? 0.1)
    (model.attentionDropout, model.activationDropout) = (model.dropout, model.dropout)
    return model
  }

  private func activation() throws(ModelConversionError) -> FeedForwardActivation {
    let names: [String: FeedForwardActivation] = ["relu": .relu, "gelu": .gelu, "swish": .swish]
    let found = ["encoder", "decoder"].map {
      checkpoint.value("model", $0, "activation")?.text ?? "relu"
    }
    guard let activation = names[found[0]] else {
      throw bad("encoder.activation", found[0], names.keys.sorted().joined(separator: ", "))
    }
    guard found[0] == found[1] else {
      throw bad("decoder.activation", found[1], "\(found[0]), as in the encoder")
    }
    return activation
  }

  /// Norms come before sublayers in version 1; in version 2 the configuration says it.
  ///
  /// A stack that ends in a norm has its tensors.
  private func readNorms(into model: inout ModelConfiguration) throws(ModelConversionError) {
    let ends = ["encoder", "decoder"].map { checkpoint.has("\($0).layer_norm.weight") }
    guard ends[0] == ends[1] else {
      throw .unsupported(
        path: checkpoint.path, what: "a norm at the end of only one stack",
        advice: "models with it in both or neither are supported")
    }
    let places = ["encoder", "decoder"].map {
      // Without the key and without a norm at the end, versions differ.
      checkpoint.value("model", $0, "layer_norm")?.text ?? (ends[0] ? "pre" : "missing")
    }
    guard let placement = NormPlacement(rawValue: places[0]) else {
      throw bad("encoder.layer_norm", places[0], "pre or post")
    }
    guard places[0] == places[1] else {
      throw bad("decoder.layer_norm", places[1], "\(places[0]), as in the encoder")
    }
    (model.normPlacement, model.endsInNorm, model.normEpsilon) = (placement, ends[0], 1e-6)
  }

  private func requireSupported() throws(ModelConversionError) {
    for side in ["encoder", "decoder"] {
      let type = checkpoint.value("model", side, "type")?.text ?? "recurrent"
      guard type == "transformer" else {
        throw .unsupported(
          path: checkpoint.configurationPath, what: "a \(side) of type '\(type)'",
          advice: "JoeyNMT's transformer is supported")
      }
      let factor = checkpoint.value("model", side, "alpha")
      guard factor.map({ $0.float == 1 }) ?? true else {
        throw bad(
          "\(side).alpha", factor?.text ?? "another value", "1: residual connections have no weight here")
      }
    }
    // Version 2 then weights residual connections as DeepNet does.
    if case .map? = checkpoint.value("data", "src"),
      let initializer = checkpoint.value("model", "initializer")?.text, initializer == "xavier_normal"
    {
      throw .unsupported(
        path: checkpoint.configurationPath,
        what: "the initializer 'xavier_normal', with which residual connections have weights,",
        advice: "models with another one are supported")
    }
    let task = checkpoint.value("task")?.text ?? checkpoint.value("data", "task")?.text ?? "MT"
    guard task.uppercased() == "MT" else {
      throw .unsupported(
        path: checkpoint.configurationPath, what: "a model of the task '\(task)'",
        advice: "translation of text is supported")
    }
    if let tags = checkpoint.value("data", "special_symbols", "lang_tags")?.strings, !tags.isEmpty {
      throw .unsupported(
        path: checkpoint.configurationPath,
        what: "a model with language tags (\(tags.joined(separator: ", ")))",
        advice: "models from one language to another are supported")
    }
  }

  private func number(_ side: String, _ key: String, default missing: Int) throws(ModelConversionError) -> Int
  {
    guard let found = checkpoint.value("model", side, key) else { return missing }
    guard let number = found.int else {
      throw bad("\(side).\(key)", found.text ?? "a list", "a whole number")
    }
    return number
  }

  private func requireEqual(_ key: String, _ expected: Int, default missing: Int) throws(ModelConversionError)
  {
    let found = try number("decoder", key, default: missing)
    guard found == expected else { throw bad("decoder.\(key)", "\(found)", "\(expected), as in the encoder") }
  }

  private func isOn(_ key: String) throws(ModelConversionError) -> Bool {
    try isOn(checkpoint.value("model", key), key)
  }

  private func isOn(_ node: YAMLNode?, _ key: String) throws(ModelConversionError) -> Bool {
    guard let node else { return false }
    guard let value = node.bool else { throw bad(key, node.text ?? "a list", "True or False") }
    return value
  }

  private func bad(_ key: String, _ found: String, _ expected: String) -> ModelConversionError {
    .badOption(path: checkpoint.configurationPath, key: "model.\(key)", found: found, expected: expected)
  }
}
