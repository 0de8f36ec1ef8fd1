/// The type in which a weight's numbers are stored, in memory and in files.
///
/// Products convert matrices to float32 when they pack them (see ``PackedProducts``), so a smaller type saves memory for
/// the stored weights, but not for their packed copies.
public enum WeightType: String, Sendable, CaseIterable, Codable {
  /// 32 bits, as in training.
  case float32
  /// The upper half of a float32: the same range with 8 significant bits, in half the memory.
  case bfloat16
  /// An integer from -127 to 127 times a float32 scale that its row shares, in a quarter of the memory.
  case int8
}
