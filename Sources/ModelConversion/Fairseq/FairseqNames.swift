/// The names that fairseq gives to parameters, most of which are ours without `model.`.
///
/// Source: facebookresearch/fairseq, `fairseq/modules/transformer_layer.py`, `multihead_attention.py`; their
/// `upgrade_state_dict_named` has the names of before 2019.
struct FairseqNames {
  /// Whether the checkpoint has a tensor of this name.
  let has: (String) -> Bool

  /// The id of the padding token, after which positions begin.
  static let padding = 1

  /// The place of a parameter; nil for positions that are computed.
  func place(of parameter: String) -> CheckpointPlace? {
    let embeddings = ["encoder.embed_tokens.weight", "decoder.embed_tokens.weight"]
    let outputs = ["decoder.output_projection.weight", "decoder.embed_out"]
    switch parameter {
    case "model.shared.weight": return CheckpointPlace(names: embeddings + outputs)
    case "model.decoder.embed_tokens.weight": return CheckpointPlace(names: [embeddings[1]] + outputs)
    case "lm_head.weight": return CheckpointPlace(names: outputs)
    default: break
    }
    let name = String(parameter.dropFirst("model.".count))
    if name.hasSuffix("embed_positions.weight") {
      return has(name) ? CheckpointPlace(names: [name], skippedRows: Self.padding + 1) : nil
    }
    return attention(name) ?? norm(name) ?? CheckpointPlace(names: [name])
  }

  /// Queries, keys and values of attention, which were one matrix before 2019.
  private func attention(_ name: String) -> CheckpointPlace? {
    for (part, letter) in ["q", "k", "v"].enumerated() {
      for kind in ["weight", "bias"] where name.hasSuffix("\(letter)_proj.\(kind)") && !has(name) {
        let joined = name.dropLast("\(letter)_proj.\(kind)".count) + "in_proj_\(kind)"
        return CheckpointPlace(names: [name, String(joined)], part: part, parts: 3)
      }
    }
    return nil
  }

  /// Norms, which had numbers before 2019.
  private func norm(_ name: String) -> CheckpointPlace? {
    let isDecoder = name.hasPrefix("decoder.")
    let kinds =
      isDecoder
      ? ["self_attn_layer_norm", "encoder_attn_layer_norm", "final_layer_norm"]
      : ["self_attn_layer_norm", "final_layer_norm"]
    for (number, kind) in kinds.enumerated() where name.contains(".\(kind).") {
      return CheckpointPlace(names: [name, name.replacing(".\(kind).", with: ".layer_norms.\(number).")])
    }
    return nil
  }

  /// Tensors that change nothing: matrices that may be stored twice, and copies of the encoder's weights for a fast path of
  /// PyTorch, which version 0.12 makes when it loads a model and which training leaves behind.
  static func ignored(encoderLayers: Int) -> Set<String> {
    let copies = (0..<encoderLayers).flatMap { layer in
      ["in_proj", "out_proj", "fc1", "fc2"].flatMap { name in
        ["weight", "bias"].map { "encoder.layers.\(layer).\(name)_\($0)" }
      }
    }
    return once.union(copies)
  }

  private static let once: Set<String> = [
    "encoder.version", "decoder.version", "encoder.embed_positions._float_tensor",
    "decoder.embed_positions._float_tensor", "encoder.embed_positions.weights",
    "decoder.embed_positions.weights", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight",
    "decoder.output_projection.weight", "decoder.embed_out",
  ]
}
