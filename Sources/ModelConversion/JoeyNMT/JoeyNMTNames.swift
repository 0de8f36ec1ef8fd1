/// The names that JoeyNMT gives to parameters.
///
/// Source: joeynmt/joeynmt, `joeynmt/transformer_layers.py`, whose names are those of version 1.
enum JoeyNMTNames {
  /// The place of a parameter; nil for one that JoeyNMT does not have.
  static func place(of parameter: String) -> CheckpointPlace? {
    let embeddings = ["src_embed.lut.weight", "trg_embed.lut.weight"]
    switch parameter {
    case "model.shared.weight": return CheckpointPlace(names: embeddings + [output])
    case "model.encoder.embed_tokens.weight": return CheckpointPlace(names: [embeddings[0]])
    case "model.decoder.embed_tokens.weight": return CheckpointPlace(names: [embeddings[1], output])
    case "lm_head.weight": return CheckpointPlace(names: [output])
    default: break
    }
    let name = parameter.dropFirst("model.".count)
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count > 3, parts[1] == "layers" else { return CheckpointPlace(names: [String(name)]) }
    let table = parts[0] == "encoder" ? encoder : decoder
    let inner = parts[3...].dropLast().joined(separator: ".")
    guard let kind = parts.last, let own = table[inner] else { return nil }
    return CheckpointPlace(names: ["\(parts[0]).layers.\(parts[2]).\(own).\(kind)"])
  }

  private static let output = "decoder.output_layer.weight"

  private static func attention(_ ours: String, _ theirs: String) -> [(String, String)] {
    [("q_proj", "q_layer"), ("k_proj", "k_layer"), ("v_proj", "v_layer"), ("out_proj", "output_layer")].map {
      ("\(ours).\($0)", "\(theirs).\($1)")
    }
  }

  private static let feedForward = [
    ("fc1", "feed_forward.pwff_layer.0"), ("fc2", "feed_forward.pwff_layer.3"),
    ("final_layer_norm", "feed_forward.layer_norm"),
  ]

  private static let encoder = Dictionary(
    uniqueKeysWithValues: attention("self_attn", "src_src_att") + feedForward
      + [("self_attn_layer_norm", "layer_norm")])

  private static let decoder = Dictionary(
    uniqueKeysWithValues: attention("self_attn", "trg_trg_att") + attention("encoder_attn", "src_trg_att")
      + feedForward
      + [("self_attn_layer_norm", "x_layer_norm"), ("encoder_attn_layer_norm", "dec_layer_norm")])

  /// Positions that are computed, and matrices that may be stored twice.
  static let ignored: Set<String> = [
    "encoder.pe.pe", "decoder.pe.pe", "src_embed.lut.weight", "trg_embed.lut.weight", output,
  ]
}
