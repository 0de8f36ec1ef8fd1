internal import ModelFormats
internal import Models
internal import Tensors
internal import Tokens

/// The weights of a Hugging Face Marian model, whose names are ours.
struct HuggingFaceWeights {
  private let file: TensorFile
  private let keepsHalves: Bool

  /// Opens `model.safetensors` or `pytorch_model.bin`, which is read as data, or the index of several such files.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - keepsTypes: whether bfloat16 matrices stay what they are; otherwise they become float32.
  /// - Throws: `FileError` for a damaged file.
  init(path: String, keepsTypes: Bool) throws {
    file = try path.hasSuffix(".index.json") ? .sharded(index: path) : .open(path: path)
    keepsHalves = keepsTypes
  }

  /// The architecture, with what only the weights say: an output bias, and positions.
  ///
  /// Stored positions may be those that Hugging Face computes, or Marian's; others are learned.
  ///
  /// - Throws: ``ModelConversionError``, or `FileError` for a damaged file.
  func completed(_ configuration: ModelConfiguration) throws -> ModelConfiguration {
    var configuration = configuration
    configuration.hasOutputBias = file["final_logits_bias"] != nil
    let expected = [configuration.maxPositions, configuration.size]
    let tables = try Self.sides.compactMap { file[Self.positions($0)] }.map { tensor in
      guard tensor.shape == expected else {
        throw ModelConversionError.wrongShape(
          path: file.path, name: tensor.name, found: tensor.shape, expected: expected)
      }
      return try tensor.floats()
    }
    for (layout, reachesLongest) in [(PositionLayout.halves, false), (.marian, true)] {
      let computed = Sinusoids.table(
        positions: expected[0], size: expected[1], reachesLongest: reachesLongest)
      guard tables.allSatisfy({ Sinusoids.areEqual($0, computed) }) else { continue }
      configuration.positionLayout = layout
      return configuration
    }
    configuration.positions = .learned
    return configuration
  }

  /// Leaves out special tokens that the vocabulary does not have: a decoder that starts with a row of zeros needs no token.
  ///
  /// - Parameters:
  ///   - configuration: the architecture, with the tokens of `config.json`.
  ///   - own: the padding token of the vocabulary.
  /// - Throws: ``ModelConversionError`` if the decoder starts with another row.
  func leaveOutTokens(of configuration: inout ModelConfiguration, padding own: TokenID) throws {
    let limit = configuration.targetVocabularySize
    let (start, padding) = (configuration.specialTokens.beginning, configuration.specialTokens.padding)
    // A vocabulary that had a padding token may have got another one for the start of the decoder.
    let isAdded = padding != own && start == padding && Int(start) < limit
    if Int(padding) >= limit || isAdded { configuration.specialTokens.padding = own }
    guard Int(start) >= limit || isAdded else { return }
    guard try hasZeros(at: Int(start)) else {
      throw ModelConversionError.unsupported(
        path: file.path,
        what: "a decoder that starts with token \(start), which the vocabulary does not have,",
        advice: "give the vocabulary that the model was trained with")
    }
    configuration.specialTokens.beginning = SpecialTokens.absent
  }

  /// Whether a row of the target's embeddings is zeros.
  ///
  /// - Throws: `FileError` for a damaged file.
  private func hasZeros(at row: Int) throws -> Bool {
    let names = ["model.shared.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"]
    guard let tensor = names.lazy.compactMap({ file[$0] }).first, let width = tensor.shape.last else {
      return false
    }
    let floats = try tensor.floats()
    return (row + 1) * width <= floats.count && floats[row * width..<(row + 1) * width].allSatisfy { $0 == 0 }
  }

  /// All weights.
  ///
  /// - Parameters:
  ///   - architecture: the architecture.
  ///   - rows: the rows of tables of tokens in the file.
  /// - Returns: the weights.
  /// - Throws: ``ModelConversionError``, or `FileError` for a damaged file.
  func read(_ architecture: Transformer, _ rows: VocabularyRows) throws -> ModelWeights {
    let tensors = try architecture.parameters.map { try tensor(of: $0, architecture.configuration, rows) }
    let types = zip(tensors, architecture.parameters).map { tensor, item in
      keepsHalves && tensor?.type == .bfloat16 && item.extents.count > 1 ? WeightType.bfloat16 : .float32
    }
    var index = 0
    return try ModelWeights(architecture.parameters, types: types) { item in
      defer { index += 1 }
      guard let tensor = tensors[index] else {
        return .float32(
          Sinusoids.table(positions: item.extents[0], size: item.extents[1], reachesLongest: false))
      }
      var floats = try tensor.floats()
      floats.removeLast(floats.count - item.range.count)
      let values = WeightValues(rounding: floats, rows: item.parameter.shape.rows, to: types[index])
      guard let values, values.isFinite else {
        throw ModelConversionError.notFinite(path: file.path, name: tensor.name)
      }
      return values
    }
  }

  /// The type in which matrices are stored.
  var weightType: WeightType {
    keepsHalves && file.tensors.contains { $0.type == .bfloat16 } ? .bfloat16 : .float32
  }

  private static let sides = ["encoder", "decoder"]

  private static func positions(_ side: String) -> String { "model.\(side).embed_positions.weight" }

  /// The tensor of a parameter; nil for positions that are not stored.
  private func tensor(of item: NamedParameter, _ configuration: ModelConfiguration, _ rows: VocabularyRows)
    throws(ModelConversionError)
    -> ForeignTensor?
  {
    // Tied matrices are stored once, under any of their names.
    let output = configuration.tying == .all || configuration.tying == .decoder ? ["lm_head.weight"] : []
    let embeddings = Self.sides.map { "model.\($0).embed_tokens.weight" }
    let names: [String]
    switch item.name {
    case "model.shared.weight": names = [item.name] + embeddings + output
    case embeddings[1]: names = [item.name] + output
    default: names = [item.name]
    }
    guard let tensor = names.lazy.compactMap({ file[$0] }).first else {
      if Self.sides.map(Self.positions).contains(item.name) { return nil }
      throw .missingTensor(path: file.path, name: item.name, parameter: item.name)
    }
    let expected = rows.extents(of: item)
    guard tensor.shape == expected || tensor.shape == [1] + expected else {
      throw .wrongShape(path: file.path, name: tensor.name, found: tensor.shape, expected: expected)
    }
    return tensor
  }
}
