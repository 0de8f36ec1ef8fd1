internal import Layers

/// The keys of variants, which are written only if a model has them.
extension ModelConfiguration {
  mutating func readVariants(_ box: KeyedDecodingContainer<Key>) throws {
    decoderCell = try name(.decoderCell, box) ?? .selfAttention
    averageAttention =
      try box.decodeIfPresent(AverageAttentionOptions.self, forKey: .averageAttention)
      ?? AverageAttentionOptions()
    normEpsilon = try box.decodeIfPresent(Float.self, forKey: .normEpsilon) ?? LayerNorm.defaultEpsilon
    endsInNorm = try box.decodeIfPresent(Bool.self, forKey: .endsInNorm)
    normalizesEmbeddings = try box.decodeIfPresent(Bool.self, forKey: .normalizesEmbeddings) ?? false
    hasOutputBias = try box.decodeIfPresent(Bool.self, forKey: .hasOutputBias) ?? false
    alignmentHeads = try box.decodeIfPresent(AlignmentHeads.self, forKey: .alignmentHeads)
  }

  func writeVariants(_ box: inout KeyedEncodingContainer<Key>) throws {
    if decoderCell != .selfAttention { try box.encode(decoderCell, forKey: .decoderCell) }
    if decoderCell == .averageAttention { try box.encode(averageAttention, forKey: .averageAttention) }
    if normEpsilon != LayerNorm.defaultEpsilon { try box.encode(normEpsilon, forKey: .normEpsilon) }
    try box.encodeIfPresent(endsInNorm, forKey: .endsInNorm)
    if normalizesEmbeddings { try box.encode(true, forKey: .normalizesEmbeddings) }
    if hasOutputBias { try box.encode(true, forKey: .hasOutputBias) }
    try box.encodeIfPresent(alignmentHeads, forKey: .alignmentHeads)
  }
}
