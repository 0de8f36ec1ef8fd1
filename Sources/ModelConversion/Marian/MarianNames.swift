internal import Layers
internal import Models
internal import Tensors

/// Where the numbers of a parameter are in Marian's files.
struct MarianPlace: Equatable {
  /// How Marian arranges numbers.
  enum Form {
    /// A weight of shape `[inputs, outputs]`, which is transposed to ours.
    case weight
    /// An embedding table, as ours.
    case table
    /// A bias or a norm, shape `[1, size]`.
    case vector
  }

  var name: String
  var form: Form
}

/// The names that Marian gives to the parameters of an architecture.
///
/// Source: marian-dev, `src/models/transformer.h` and `src/rnn/cells.h`; names are stable since version 1.0.
struct MarianNames {
  private let configuration: ModelConfiguration
  /// For each layer of the decoder, from 0, the number in the names of its parameters.
  private let decoderNumbers: [Int]

  /// - Parameters:
  ///   - configuration: the architecture.
  ///   - tiedLayers: Marian's `transformer-tied-layers`: for each layer of the decoder the layer whose parameters it uses,
  ///     from 1; empty for its own.
  init(_ configuration: ModelConfiguration, tiedLayers: [Int] = []) {
    self.configuration = configuration
    decoderNumbers = tiedLayers.isEmpty ? Array(1...max(1, configuration.decoderLayers)) : tiedLayers
  }

  /// The place of a parameter; nil for one that Marian does not have.
  func place(of item: NamedParameter) -> MarianPlace? { place(ofName: item.name) }

  func place(ofName name: String) -> MarianPlace? {
    switch name {
    case "model.shared.weight": return MarianPlace(name: "Wemb", form: .table)
    case "model.encoder.embed_tokens.weight": return MarianPlace(name: "encoder_Wemb", form: .table)
    case "model.decoder.embed_tokens.weight": return MarianPlace(name: "decoder_Wemb", form: .table)
    case "lm_head.weight": return MarianPlace(name: Self.output, form: .table)
    case "final_logits_bias": return MarianPlace(name: "decoder_ff_logit_out_b", form: .vector)
    default: break
    }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count >= 4, parts[0] == "model", let kind = parts.last else { return nil }
    let side = parts[1]
    switch parts[2] {
    case "embed_positions": return MarianPlace(name: "Wpos", form: .table)
    case "layernorm_embedding": return norm("\(side)_emb_ln", kind, isBefore: true)
    case "layer_norm": return norm("\(side)_top_ln", kind, isBefore: false)
    case "layers":
      guard let index = Int(parts[3]) else { return nil }
      let number = side == "encoder" ? index + 1 : decoderNumbers[index]
      return place(in: "\(side)_l\(number)", Array(parts[4...].dropLast()), kind)
    default: return nil
    }
  }

  /// The output layer's own matrix.
  static let output = "decoder_ff_logit_out_Wt"
  /// The same, transposed, in older models.
  static let transposedOutput = "decoder_ff_logit_out_W"

  /// A parameter of a layer.
  private func place(in layer: String, _ path: [String], _ kind: String) -> MarianPlace? {
    let isBefore = configuration.normPlacement == .pre
    switch path[0] {
    case "self_attn" where path.count == 2:
      return attention("\(layer)_self", path[1], kind)
    case "encoder_attn" where path.count == 2:
      return attention("\(layer)_context", path[1], kind)
    case "self_attn_layer_norm":
      return norm(targetNorm(layer, isBefore: isBefore), kind, isBefore: isBefore)
    case "encoder_attn_layer_norm":
      return norm("\(layer)_context_Wo_ln", kind, isBefore: isBefore)
    case "fc1": return linear("\(layer)_ffn", "1", kind)
    case "fc2": return linear("\(layer)_ffn", "2", kind)
    case "final_layer_norm": return norm("\(layer)_ffn_ffn_ln", kind, isBefore: isBefore)
    case "ssru" where path.count == 2:
      return linear("\(layer)_rnn", path[1] == "forget" ? "f" : "", kind)
    case "average_attn" where path.count == 2:
      let suffixes = ["fc1": "1", "fc2": "2", "input_gate": "i", "forget_gate": "f"]
      return suffixes[path[1]].flatMap { linear("\(layer)_aan", $0, kind) }
    default: return nil
    }
  }

  /// The norm around what reads the target; an encoder has only self-attention.
  private func targetNorm(_ layer: String, isBefore: Bool) -> String {
    switch layer.hasPrefix("encoder") ? .selfAttention : configuration.decoderCell {
    case .selfAttention: "\(layer)_self_Wo_ln"
    case .ssru: isBefore ? "\(layer)_rnn_ln" : "\(layer)_rnn_ffn_ln"
    case .averageAttention: "\(layer)_aan_ffn_ln"
    }
  }

  private func attention(_ prefix: String, _ projection: String, _ kind: String) -> MarianPlace? {
    let suffixes = ["q_proj": "q", "k_proj": "k", "v_proj": "v", "out_proj": "o"]
    return suffixes[projection].flatMap { linear(prefix, $0, kind) }
  }

  private func linear(_ prefix: String, _ suffix: String, _ kind: String) -> MarianPlace? {
    kind == "weight"
      ? MarianPlace(name: "\(prefix)_W\(suffix)", form: .weight)
      : MarianPlace(name: "\(prefix)_b\(suffix)", form: .vector)
  }

  private func norm(_ prefix: String, _ kind: String, isBefore: Bool) -> MarianPlace {
    let name = kind == "weight" ? "scale" : "bias"
    return MarianPlace(name: "\(prefix)_\(name)\(isBefore ? "_pre" : "")", form: .vector)
  }
}
