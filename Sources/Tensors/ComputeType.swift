/// What the matrix products of inference compute with.
///
/// Everything else (sums of products, norms, attention, activations) is float32 in any case.
public enum ComputeType: String, Sendable, CaseIterable {
  /// 32-bit floats.
  case float32
  /// Bytes: both factors are rounded, each row with its own scale. Sums are exact integers, so results do not depend on
  /// the batch, the number of threads, or which of the kernels runs.
  ///
  /// A quarter of the memory that products read, and two to four times as fast as float32. See ``WeightValues`` for the
  /// weights; a row of the other factor is rounded when a product reads it.
  ///
  /// Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
  /// Inference"; Wu et al. 2020, "Integer Quantization for Deep Learning Inference", section 3.
  case int8
}
