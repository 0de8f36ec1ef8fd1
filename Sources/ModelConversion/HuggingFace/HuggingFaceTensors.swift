internal import Files
internal import Models
internal import Tensors

/// The tensors of `model.safetensors`, as float32 under the names of Hugging Face's Marian, which are ours.
struct HuggingFaceTensors {
  /// A tensor, and where its numbers are from.
  private struct Item {
    var name: String
    var shape: [Int]
    var source: Source
  }

  private enum Source {
    /// A parameter, with rows of zeros after it.
    case parameter(Parameter)
    /// The positions of a side.
    case positions(String)
    /// The bias of the output layer.
    case bias(Parameter?)
  }

  private let model: TrainedTransformer
  private let rows: HuggingFaceRows
  private var items: [Item] = []

  init(_ model: TrainedTransformer, _ rows: HuggingFaceRows) {
    (self.model, self.rows) = (model, rows)
    let configuration = model.architecture.configuration
    var bias: Parameter?
    for item in model.architecture.parameters where !item.name.contains("embed_positions") {
      switch item.name {
      case "final_logits_bias": bias = item.parameter
      case "model.shared.weight" where configuration.tying == .embeddings:
        add(item, as: "model.encoder.embed_tokens.weight", rows: rows.source)
        add(item, as: "model.decoder.embed_tokens.weight", rows: rows.target)
      case "model.shared.weight", "model.decoder.embed_tokens.weight", "lm_head.weight":
        add(item, as: item.name, rows: rows.target)
      case "model.encoder.embed_tokens.weight": add(item, as: item.name, rows: rows.source)
      default: items.append(Item(name: item.name, shape: item.extents, source: .parameter(item.parameter)))
      }
    }
    for side in ["encoder", "decoder"] {
      items.append(
        Item(
          name: "model.\(side).embed_positions.weight",
          shape: [configuration.maxPositions, configuration.size],
          source: .positions(side)))
    }
    items.append(Item(name: "final_logits_bias", shape: [1, rows.target], source: .bias(bias)))
  }

  private mutating func add(_ item: NamedParameter, as name: String, rows: Int) {
    items.append(Item(name: name, shape: [rows, item.extents[1]], source: .parameter(item.parameter)))
  }

  /// The complete file, not at its path yet.
  ///
  /// - Throws: `FileError` if it cannot be written.
  func staged(path: String) throws -> AtomicFile {
    let writer = try SafetensorsWriter(
      AtomicFile(path: path, isSummed: true), entries: items.map { .init(name: $0.name, shape: $0.shape) },
      metadata: ["format": "pt"])
    for item in items { try writer.write(values(of: item)) }
    return try writer.finish()
  }

  private func values(of item: Item) -> [Float] {
    let count = item.shape.reduce(1, *)
    switch item.source {
    case .positions(let side): return model.positionTable(side)
    case .parameter(let parameter):
      let values = model.weights.values(of: parameter).floats
      return values + repeatElement(0, count: count - values.count)
    case .bias(let parameter):
      let configuration = model.architecture.configuration
      let values =
        parameter.map { model.weights.values(of: $0).floats }
        ?? Array(repeating: 0, count: configuration.targetVocabularySize)
      return values + repeatElement(HuggingFaceRows.impossible, count: count - values.count)
    }
  }
}
