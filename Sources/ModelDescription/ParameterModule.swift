package import Models
internal import Tensors

/// The parameters of one kind of module, in all layers of a stack that have it.
package struct ParameterModule: Codable, Sendable, Equatable {
  /// The part of the model, which can be frozen.
  package var part: ModelPart
  /// What it is, such as "self-attention".
  package var name: String
  /// Layers that have it; 0 for what is outside of layers.
  package var layers: Int
  /// Parameters in all layers together.
  package var count: Int
  /// Whether training changes them.
  package var isTrained: Bool

  /// Part and name, for people.
  package var title: String { "\(part.rawValue): \(name)" }

  /// The modules of a model, in the order of its parameters.
  ///
  /// - Parameters:
  ///   - model: the layers.
  ///   - frozen: parts that training does not change.
  /// - Returns: a module for each kind of parameters in each part.
  package static func all(of model: Transformer, frozen: Set<ModelPart> = []) -> [ParameterModule] {
    var modules: [ParameterModule] = []
    var layersOfModule: [Set<Substring>] = []
    for parameter in model.parameters {
      let place = ModulePlace(parameter)
      var index = modules.firstIndex { $0.part == place.part && $0.name == place.name }
      if index == nil {
        modules.append(
          ParameterModule(
            part: place.part, name: place.name, layers: 0, count: 0, isTrained: !frozen.contains(place.part)))
        layersOfModule.append([])
        index = modules.count - 1
      }
      guard let index else { continue }
      modules[index].count += parameter.range.count
      if let layer = place.layer { layersOfModule[index].insert(layer) }
      modules[index].layers = layersOfModule[index].count
    }
    return modules
  }

  private enum CodingKeys: String, CodingKey {
    case part, name, layers, count
    case isTrained = "trained"
  }
}

/// Where a parameter belongs, by its name, such as `model.encoder.layers.0.self_attn.q_proj.weight`.
private struct ModulePlace {
  let part: ModelPart
  let name: String
  /// The number of its layer; nil outside of layers.
  let layer: Substring?

  init(_ parameter: NamedParameter) {
    part = ModelPart(parameter)
    let words = parameter.name.split(separator: ".")
    let position = words.firstIndex(of: "layers")
    layer = position.map { words[$0 + 1] }
    name = position.map { Self.sublayer(words[$0 + 2]) } ?? Self.outside(parameter.name)
  }

  private static func sublayer(_ word: Substring) -> String {
    if word.hasSuffix("layer_norm") { return "norms" }
    return switch word {
    case "self_attn": "self-attention"
    case "encoder_attn": "attention to the source"
    case "fc1", "fc2", "fc3": "feed-forward"
    case "ssru": "recurrence (SSRU)"
    case "average_attn": "average attention"
    default: String(word)
    }
  }

  private static func outside(_ name: String) -> String {
    let kinds = [
      ("embed_positions", "learned positions"), ("model.shared", "shared by source and target"),
      ("encoder.embed_tokens", "source"), ("decoder.embed_tokens", "target"), ("lm_head", "matrix"),
      ("final_logits_bias", "bias"), ("norm", "norms of the stack"), ("length_predictor", "length predictor"),
      ("upsampling", "upsampling"),
    ]
    return kinds.first { name.contains($0.0) }?.1 ?? name
  }
}
