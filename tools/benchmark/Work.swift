/// Something whose speed is measured.
struct Work {
  /// What `--only` and comparisons know it by.
  let name: String
  /// Whether it needs much memory or time, and is left out unless somebody asks for it.
  var isLarge = false
  /// Makes everything ready; its time does not count.
  let prepare: (BenchmarkArguments) throws -> Round
}

/// A prepared work: one round of it, and what a round achieves.
struct Round {
  /// How much of what a round does, such as `("tokens", 512)`; the first is the work's measure.
  var amounts: [(unit: String, count: Double)]
  /// Multiplications and additions of matrix products in a round; 0 where they are not what takes the time.
  var operations = 0.0
  /// Threads that a round keeps busy.
  var threads = 1
  /// What must be done before each round and is not measured.
  var before: (() -> Void)?
  /// The round.
  let run: () -> Void

  /// A round whose measure are the operations themselves.
  static func products(operations: Double, run: @escaping () -> Void) -> Round {
    Round(amounts: [("FLOP", operations)], operations: operations, run: run)
  }
}
