/// The type in which a weight's numbers are stored, in memory and in files.
///
/// What products compute with is another choice: see ``ComputeType``. They pack matrices in that type, so a smaller type
/// of stored weights alone does not make their packed copies smaller.
public enum WeightType: String, Sendable, CaseIterable, Codable {
  /// 32 bits, as in training.
  case float32
  /// The upper half of a float32: the same range with 8 significant bits, in half the memory.
  case bfloat16
  /// An integer from -127 to 127 times a float32 scale that its row shares, in a quarter of the memory.
  case int8
}
