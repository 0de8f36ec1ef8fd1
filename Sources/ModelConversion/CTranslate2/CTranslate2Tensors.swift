internal import Layers
internal import ModelFormats
internal import Models
internal import Tensors
internal import Tokens

/// The variables of a model in CTranslate2's form; bytes stay bytes.
struct CTranslate2Tensors {
  private let model: TrainedTransformer
  private var configuration: ModelConfiguration { model.architecture.configuration }

  init(_ model: TrainedTransformer) { self.model = model }

  /// Embeddings are stored once, under the decoder's name.
  private static let table = "decoder/embeddings/weight"

  /// The other names of tied embeddings.
  var aliases: [CTranslate2Model.Alias] {
    let source = CTranslate2Model.Alias(name: "encoder/embeddings_0/weight", variable: Self.table)
    let output = CTranslate2Model.Alias(name: "decoder/projection/weight", variable: Self.table)
    switch configuration.tying {
    case .all: return [output, source]
    case .decoder: return [output]
    case .embeddings: return [source]
    case .none: return []
    }
  }

  /// All variables, sorted by name, as CTranslate2 writes them.
  func variables() -> [CTranslate2Variable] {
    var result = settings
    for side in ["encoder", "decoder"] {
      result.append(
        CTranslate2Variable(
          name: "\(side)/position_encodings/encodings",
          shape: [configuration.maxPositions, configuration.size],
          values: model.positionTable(side)))
    }
    let groups = Dictionary(
      grouping: model.architecture.parameters.filter { !$0.name.contains("embed_positions") }
    ) {
      $0.name == "model.shared.weight" ? Self.table : CTranslate2Names.place(ofName: $0.name)?.name ?? $0.name
    }
    // The parts of one matrix are declared in their order.
    for (name, items) in groups { result += joined(name, items) }
    return result.sorted { $0.name < $1.name }
  }

  /// The parameters of one matrix or vector, with their scales if all are bytes.
  private func joined(_ name: String, _ items: [NamedParameter]) -> [CTranslate2Variable] {
    let items = items.sorted { part($0) < part($1) }
    var shape = items[0].extents
    shape[0] = items.reduce(0) { $0 + $1.extents[0] }
    var (bytes, scales, floats) = ([Int8](), [Float](), [Float]())
    for item in items {
      let values = model.weights.values(of: item.parameter)
      if case .int8(let part, let partScales) = values {
        bytes += part
        scales += partScales
      }
      floats += values.floats
    }
    guard bytes.count == floats.count else {
      return [CTranslate2Variable(name: name, shape: shape, values: floats)]
    }
    return [
      CTranslate2Variable(name: name, shape: shape, int8: bytes),
      CTranslate2Variable(
        name: "\(name)_scale", shape: [scales.count], values: scales.map { $0 > 0 ? 1 / $0 : 1 }),
    ]
  }

  private func part(_ item: NamedParameter) -> Int { CTranslate2Names.place(ofName: item.name)?.part ?? 0 }

  /// What the architecture is.
  private var settings: [CTranslate2Variable] {
    func flag(_ name: String, _ value: Int) -> CTranslate2Variable {
      CTranslate2Variable(name: name, shape: [], int8: [Int8(value)])
    }
    func short(_ name: String, _ value: Int) -> CTranslate2Variable {
      let bits = UInt16(bitPattern: Int16(value))
      return CTranslate2Variable(
        name: name, shape: [], type: .int16, bytes: [UInt8(bits & 0xff), UInt8(bits >> 8)])
    }
    let activation =
      CTranslate2Architecture.activations.first { $0.value == configuration.activation }?.key ?? 0
    var result = ["encoder", "decoder"].flatMap { side in
      [
        flag("\(side)/pre_norm", configuration.normPlacement == .pre ? 1 : 0),
        flag("\(side)/activation", activation),
        flag("\(side)/scale_embeddings", configuration.scalesEmbeddings ? 1 : 0),
        short("\(side)/num_heads", configuration.heads),
      ]
    }
    result += [
      flag("encoder/embeddings_merge", 0), flag("encoder/multi_query_attention", 0),
      flag(
        "decoder/start_from_zero_embedding",
        configuration.specialTokens.beginning == SpecialTokens.absent ? 1 : 0),
      short("decoder/alignment_layer", configuration.alignmentHeads?.layer ?? -1),
      // 0 means the mean of all heads of the layer.
      short("decoder/alignment_heads", configuration.alignmentHeads?.firstHeads ?? 0),
    ]
    return result
  }
}
