/// How a layer of an autoregressive decoder reads the tokens before its position.
public enum DecoderCell: String, Sendable, Codable, CaseIterable {
  /// ``SelfAttention``: the work of a step grows with the number of tokens before it.
  case selfAttention = "self-attention"
  /// ``SimpleRecurrence``: a step costs the same at every position.
  case ssru
  /// ``AverageAttention``: the same, with the mean of all positions.
  case averageAttention = "average-attention"
}
