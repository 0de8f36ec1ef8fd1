/// How gradients travel between processes.
public enum ExchangePrecision: String, Sendable, CaseIterable {
  /// As they are: the sum has the bits that a single process with as many workers computes.
  case float32
  /// Rounded to bfloat16, half the bytes. What rounding loses is added to the next update's gradients.
  ///
  /// The sum depends on the number of processes, and what was lost last is not in checkpoints: a resumed training is not
  /// equal to the bit to one that was never interrupted.
  case bfloat16
}
