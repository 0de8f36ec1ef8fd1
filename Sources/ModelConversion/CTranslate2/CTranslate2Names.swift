/// Where the numbers of a parameter are among CTranslate2's variables.
struct CTranslate2Place: Equatable {
  /// The layer, such as `encoder/layer_0/self_attention/linear_0`.
  var scope: String
  /// `weight`, `bias`, `gamma`, `beta` or `encodings`.
  var attribute: String
  /// Which of ``parts`` equal groups of rows they are: queries, keys and values have one matrix.
  var part = 0
  var parts = 1

  /// The name of the variable.
  var name: String { "\(scope)/\(attribute)" }
}

/// The names that CTranslate2 gives to the parameters of an architecture.
///
/// Source: OpenNMT/CTranslate2, `python/ctranslate2/specs/transformer_spec.py` and `attention_spec.py`.
enum CTranslate2Names {
  /// The place of a parameter; nil for one that CTranslate2 does not have.
  ///
  /// Embeddings that the source and the target share are under both names, of which this is the source's.
  static func place(ofName name: String) -> CTranslate2Place? {
    switch name {
    case "model.shared.weight", "model.encoder.embed_tokens.weight":
      return CTranslate2Place(scope: "encoder/embeddings_0", attribute: "weight")
    case "model.decoder.embed_tokens.weight":
      return CTranslate2Place(scope: "decoder/embeddings", attribute: "weight")
    case "lm_head.weight": return CTranslate2Place(scope: "decoder/projection", attribute: "weight")
    case "final_logits_bias": return CTranslate2Place(scope: "decoder/projection", attribute: "bias")
    default: break
    }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count >= 4, parts[0] == "model", let kind = parts.last else { return nil }
    switch parts[2] {
    case "embed_positions":
      return CTranslate2Place(scope: "\(parts[1])/position_encodings", attribute: "encodings")
    case "layernorm_embedding", "layer_norm": return norm("\(parts[1])/\(parts[2])", kind)
    case "layers": return place("\(parts[1])/layer_\(parts[3])", Array(parts[4...].dropLast()), kind)
    default: return nil
    }
  }

  /// A parameter of a layer.
  private static func place(_ layer: String, _ path: [String], _ kind: String) -> CTranslate2Place? {
    switch path.first ?? "" {
    case "self_attn" where path.count == 2:
      return attention("\(layer)/self_attention", path[1], kind, isSelf: true)
    case "encoder_attn" where path.count == 2:
      return attention("\(layer)/attention", path[1], kind, isSelf: false)
    case "self_attn_layer_norm": return norm("\(layer)/self_attention/layer_norm", kind)
    case "encoder_attn_layer_norm": return norm("\(layer)/attention/layer_norm", kind)
    case "fc1": return CTranslate2Place(scope: "\(layer)/ffn/linear_0", attribute: kind)
    case "fc2": return CTranslate2Place(scope: "\(layer)/ffn/linear_1", attribute: kind)
    case "final_layer_norm": return norm("\(layer)/ffn/layer_norm", kind)
    default: return nil
    }
  }

  /// Queries, keys and values of self-attention have one matrix; keys and values of cross-attention another.
  private static func attention(_ scope: String, _ projection: String, _ kind: String, isSelf: Bool)
    -> CTranslate2Place?
  {
    func linear(_ number: Int, _ part: Int = 0, of parts: Int = 1) -> CTranslate2Place {
      CTranslate2Place(scope: "\(scope)/linear_\(number)", attribute: kind, part: part, parts: parts)
    }
    switch projection {
    case "q_proj": return isSelf ? linear(0, 0, of: 3) : linear(0)
    case "k_proj": return isSelf ? linear(0, 1, of: 3) : linear(1, 0, of: 2)
    case "v_proj": return isSelf ? linear(0, 2, of: 3) : linear(1, 1, of: 2)
    case "out_proj": return linear(isSelf ? 1 : 2)
    default: return nil
    }
  }

  private static func norm(_ scope: String, _ kind: String) -> CTranslate2Place {
    CTranslate2Place(scope: scope, attribute: kind == "weight" ? "gamma" : "beta")
  }
}
