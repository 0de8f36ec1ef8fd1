internal import ModelFormats
internal import Models
internal import Tensors

/// The weights of a CTranslate2 model, as parameters of an architecture.
struct CTranslate2Weights {
  let variables: CTranslate2Variables
  /// Whether matrices that are stored as bytes stay bytes; otherwise they become floats.
  let keepsBytes: Bool
  /// The rows of tables of tokens in the file.
  let rows: VocabularyRows
  /// For each row of the source's embeddings the row in the file; nil if they are the same.
  let sourceRows: [Int]?

  private var path: String { variables.file.path }

  /// Whether any matrix is stored as bytes.
  var hasBytes: Bool { variables.file.tensors.contains { $0.type == .int8 && $0.shape.count == 2 } }

  /// All weights.
  ///
  /// - Throws: ``ModelConversionError``, or `FileError` for a damaged file.
  func read(_ architecture: Transformer) throws -> ModelWeights {
    let parameters = architecture.parameters
    let sources = try parameters.map { try source(of: $0) }
    try requireKnownVariables(Set(sources.compactMap { $0?.name }))
    let types = zip(parameters, sources).map { item, source in
      keepsBytes && source?.tensor.type == .int8 && item.extents.count > 1
        && !item.name.contains("embed_positions") ? WeightType.int8 : .float32
    }
    var index = 0
    return try ModelWeights(parameters, types: types) { item in
      defer { index += 1 }
      guard let source = sources[index] else {
        let (rows, columns) = (item.extents[0], item.extents[1])
        return .float32(Sinusoids.table(positions: rows, size: columns, reachesLongest: true, first: 1))
      }
      let values = try values(of: item, source, asBytes: types[index] == .int8)
      guard values.isFinite else { throw ModelConversionError.notFinite(path: path, name: source.name) }
      return values
    }
  }

  /// A variable, and which of its rows a parameter has.
  private struct Source {
    let name: String
    let tensor: ForeignTensor
    let rows: Range<Int>
  }

  /// Where a parameter is; nil for positions that are not stored.
  private func source(of item: NamedParameter) throws(ModelConversionError) -> Source? {
    let place = CTranslate2Names.place(ofName: item.name)
    let name = place?.name ?? "?"
    guard let place, let tensor = variables[name] else {
      if item.name.contains("embed_positions") { return nil }
      throw .missingTensor(path: path, name: name, parameter: item.name)
    }
    var expected = rows.extents(of: item)
    expected[0] *= place.parts
    guard tensor.shape == expected else {
      throw .wrongShape(path: path, name: name, found: tensor.shape, expected: expected)
    }
    let count = item.extents[0]
    return Source(name: name, tensor: tensor, rows: place.part * count..<(place.part + 1) * count)
  }

  private func values(of item: NamedParameter, _ source: Source, asBytes: Bool) throws -> WeightValues {
    let columns = item.extents.dropFirst().reduce(1, *)
    let isPermuted = sourceRows != nil && item.name == "model.encoder.embed_tokens.weight"
    let rows = isPermuted ? sourceRows ?? [] : Array(source.rows)
    func chosen<Number>(_ numbers: [Number]) -> [Number] {
      rows.flatMap { numbers[$0 * columns..<($0 + 1) * columns] }
    }
    guard let multipliers = try variables.multipliers(of: source.tensor, name: source.name) else {
      return .float32(chosen(try source.tensor.floats()))
    }
    let scales = rows.map { 1 / multipliers[multipliers.count == 1 ? 0 : $0] }
    if asBytes {
      // Ours are symmetric; CTranslate2 writes no -128 either.
      return .int8(chosen(try source.tensor.storedInt8()).map { max(-127, $0) }, scales: scales)
    }
    var floats = chosen(try source.tensor.floats())
    for index in floats.indices { floats[index] *= scales[index / columns] }
    return .float32(floats)
  }

  /// Anything else that a layer has would change the result.
  private func requireKnownVariables(_ used: Set<String>) throws {
    let used = used.union(Self.tied)
    for tensor in variables.file.tensors {
      let name = tensor.name
      let last = name.split(separator: "/").last.map(String.init) ?? name
      let base = name.hasSuffix("weight_scale") ? String(name.dropLast("_scale".count)) : name
      let isOff = Self.offOnly.contains(last) ? try variables.number(name) == 0 : false
      guard isOff || used.contains(base) || Self.settings.contains(last) else {
        throw ModelConversionError.unsupported(
          path: path, what: "a model with '\(name)'", advice: "Transformers as in the paper are supported")
      }
    }
  }

  /// Matrices that may be one.
  private static let tied: Set<String> = [
    "encoder/embeddings/weight", "encoder/embeddings_0/weight", "decoder/embeddings/weight",
    "decoder/projection/weight",
  ]
  /// Variables that are read elsewhere, or do not change the result.
  private static let settings: Set<String> = [
    "encodings", "num_heads", "pre_norm", "activation", "embeddings_merge", "alignment_layer",
    "alignment_heads",
    "alibi_use_positive_positions", "scale_alibi", "scale_embeddings", "multiply_by_sqrt_depth",
    "start_from_zero_embedding", "with_source_bos", "with_source_eos", "with_target_bos",
    "user_decoder_start_tokens", "unk_token", "bos_token", "eos_token",
  ]
  /// Variables that must be 0.
  private static let offOnly: Set<String> = ["alibi", "multi_query_attention"]
}
