internal import Layers
internal import ModelFormats
internal import Models
internal import Tensors

/// What the variables of a CTranslate2 model say about its architecture.
///
/// Source: OpenNMT/CTranslate2, `src/layers/transformer.cc` and `src/models/transformer.cc`.
struct CTranslate2Architecture {
  let variables: CTranslate2Variables
  /// The kind of model, such as `TransformerSpec`.
  let specification: String
  /// What norms add to the variance; nil for CTranslate2's value.
  let normEpsilon: Float?

  private var path: String { variables.file.path }

  /// Activations by their numbers.
  static let activations: [Int: FeedForwardActivation] = [0: .relu, 2: .swish, 3: .gelu, 4: .geluSigmoid]
  /// The positions of a model without a table, which has one of any length.
  private static let computedPositions = 1024

  /// The architecture, with the standard special tokens.
  ///
  /// - Throws: ``ModelConversionError`` for an architecture that is not supported, `FileError` for a damaged file.
  func configuration() throws -> ModelConfiguration {
    let kinds = ["TransformerSpec", "TransformerBase", "TransformerBig"]
    guard kinds.contains(specification) else {
      throw ModelConversionError.unsupported(
        path: path, what: "a model of the kind '\(specification)'",
        advice: "encoder-decoder Transformers are supported")
    }
    let source = try matrix("encoder/embeddings_0/weight"), target = try matrix("decoder/embeddings/weight")
    var model = ModelConfiguration(sourceVocabularySize: source.rows, targetVocabularySize: target.rows)
    model.size = source.columns
    (model.encoderLayers, model.decoderLayers) = (layers("encoder"), layers("decoder"))
    model.innerSize = try matrix("encoder/layer_0/ffn/linear_0/weight").rows
    let decoderInner = try matrix("decoder/layer_0/ffn/linear_0/weight").rows
    model.decoderInnerSize = decoderInner == model.innerSize ? nil : decoderInner
    model.heads = try both("num_heads", default: specification == "TransformerBig" ? 16 : 8)
    model.normPlacement = try both("pre_norm", default: 1) == 0 ? .post : .pre
    let activation = try both("activation", default: 0)
    guard let function = Self.activations[activation] else {
      throw unsupported("activation \(activation)", "ReLU, GELU, Swish and GELUSigmoid are supported")
    }
    model.activation = function
    model.endsInNorm = try onBothSides("layer_norm/gamma")
    if model.endsInNorm == (model.normPlacement == .pre) { model.endsInNorm = nil }
    model.normalizesEmbeddings = try onBothSides("layernorm_embedding/gamma")
    model.normEpsilon = normEpsilon ?? LayerNorm.defaultEpsilon
    model.hasOutputBias = variables["decoder/projection/bias"] != nil
    let sharesSource = try variables.areEqual("encoder/embeddings_0/weight", "decoder/embeddings/weight")
    let sharesOutput = try variables.areEqual("decoder/embeddings/weight", "decoder/projection/weight")
    model.tying = sharesOutput ? (sharesSource ? .all : .decoder) : (sharesSource ? .embeddings : .none)
    let scales = [try scalesEmbeddings("encoder", model.size), try scalesEmbeddings("decoder", model.size)]
    guard scales[0] == scales[1] else {
      throw unsupported("a model that scales the embeddings of one side", "both sides must be alike")
    }
    model.scalesEmbeddings = scales[0]
    try readPositions(into: &model)
    model.alignmentHeads = try alignmentHeads(of: model)
    return model
  }

  /// The heads that align words: the first ones of a layer, 0 for all.
  ///
  /// Converters write the first head of layer -1 for nearly all models, whether it was trained for that or not, so that this
  /// says nothing.
  private func alignmentHeads(of model: ModelConfiguration) throws -> AlignmentHeads? {
    func whole(_ name: String, default missing: Int, among allowed: Range<Int>) throws -> Int {
      guard let value = try variables.number("decoder/\(name)", name) else { return missing }
      guard let number = Int(exactly: value), allowed ~= number else {
        throw unsupported(
          "\(name) \(value)", "whole numbers from \(allowed.lowerBound) to \(allowed.upperBound - 1) are")
      }
      return number
    }
    let layers = model.decoderLayers
    let layer = try whole("alignment_layer", default: -1, among: -layers..<layers)
    let count = try whole("alignment_heads", default: 1, among: 0..<model.heads + 1)
    if layer == -1, count < 2 { return nil }
    return AlignmentHeads(
      layer: layer < 0 ? layers + layer : layer, heads: Array(0..<(count == 0 ? model.heads : count)))
  }

  /// Stored positions may be computed ones; others, and CTranslate2's own, which count from 1, become a table.
  private func readPositions(into model: inout ModelConfiguration) throws {
    let names = ["encoder", "decoder"].map { "\($0)/position_encodings/encodings" }
    let tables = names.compactMap { variables[$0] }
    model.maxPositions = tables.first?.shape.first ?? Self.computedPositions
    try model.requirePossible(path: path)
    for tensor in tables where tensor.shape != [model.maxPositions, model.size] {
      throw ModelConversionError.wrongShape(
        path: path, name: tensor.name, found: tensor.shape, expected: [model.maxPositions, model.size])
    }
    if tables.count == 2 {
      let floats = try tables.map { try $0.floats() }
      for (layout, reachesLongest) in [(PositionLayout.halves, false), (.marian, true)] {
        let computed = Sinusoids.table(
          positions: model.maxPositions, size: model.size, reachesLongest: reachesLongest)
        guard floats.allSatisfy({ Sinusoids.areEqual($0, computed) }) else { continue }
        model.positionLayout = layout
        return
      }
    }
    model.positions = .learned
    model.positionLayout = .halves
  }

  private func scalesEmbeddings(_ side: String, _ size: Int) throws -> Bool {
    let names = ["\(side)/scale_embeddings", "\(side)/embeddings/multiply_by_sqrt_depth"]
    guard let tensor = names.lazy.compactMap({ variables[$0] }).first,
      let value = try variables.number(tensor.name)
    else { return true }
    if tensor.type == .int8 { return value != 0 }
    if value == 1 { return false }
    guard abs(value * value / Float(size) - 1) < 1e-3 else {
      throw unsupported(
        "embeddings multiplied by \(value)", "1 and the square root of the size are supported")
    }
    return true
  }

  private func layers(_ side: String) -> Int {
    (0...).lazy.first { variables["\(side)/layer_\($0)/ffn/linear_0/weight"] == nil } ?? 0
  }

  private func matrix(_ name: String) throws(ModelConversionError) -> (rows: Int, columns: Int) {
    guard let tensor = variables[name] else {
      throw .missingTensor(path: path, name: name, parameter: "a matrix that every Transformer has")
    }
    guard tensor.shape.count == 2 else {
      throw .wrongShape(path: path, name: name, found: tensor.shape, expected: [0, 0])
    }
    return (tensor.shape[0], tensor.shape[1])
  }

  /// A whole number of both stacks, which must be equal; before revision 5 there was one for both.
  private func both(_ name: String, default missing: Int) throws -> Int {
    let values = try ["encoder", "decoder"].map { side in
      try variables.number("\(side)/\(name)", name).flatMap { Int(exactly: $0) } ?? missing
    }
    guard values[0] == values[1] else {
      throw unsupported(
        "\(name) \(values[0]) in the encoder and \(values[1]) in the decoder", "they must be equal")
    }
    return values[0]
  }

  private func onBothSides(_ name: String) throws(ModelConversionError) -> Bool {
    let found = ["encoder", "decoder"].map { variables["\($0)/\(name)"] != nil }
    guard found[0] == found[1] else { throw unsupported("\(name) on one side", "both sides must be alike") }
    return found[0]
  }

  private func unsupported(_ what: String, _ advice: String) -> ModelConversionError {
    .unsupported(path: path, what: what, advice: advice)
  }
}
