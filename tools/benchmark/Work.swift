/// A benchmark.
struct Work {
  /// The name for `--only` and comparisons.
  let name: String
  /// Whether it needs much memory or time, and therefore only runs if requested.
  var isLarge = false
  /// Prepares a round; not measured.
  let prepare: (BenchmarkArguments) throws -> Round
}

/// A prepared benchmark: one round, and the amount of work in it.
struct Round {
  /// The amount of work per round, such as `("tokens", 512)`; comparisons use the first entry.
  var amounts: [(unit: String, count: Double)]
  /// FLOP of matrix products in a round; 0 if products do not dominate the time.
  var operations = 0.0
  /// The number of threads that a round uses.
  var threads = 1
  /// Setup before each round, which is not measured.
  var before: (() -> Void)?
  /// The round.
  let run: () -> Void

  /// A round measured in FLOP.
  static func products(operations: Double, run: @escaping () -> Void) -> Round {
    Round(amounts: [("FLOP", operations)], operations: operations, run: run)
  }
}
