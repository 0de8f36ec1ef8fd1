/// Decisions that several processes make together, from the numbers that they gather.
extension GradientReducer {
  /// Whether this process keeps the time, validates and writes files.
  package var isFirst: Bool { rank == 0 }

  /// This process's share of `count` items, such as shards, as a range of indices.
  package func share(of count: Int) -> Range<Int> {
    rank * count / processCount..<(rank + 1) * count / processCount
  }

  /// Whether the condition holds in any process.
  package func isAny(_ condition: Bool) -> Bool { gather([condition ? 1 : 0]).contains([1]) }

  /// Whether all processes give the same text.
  package func isSame(_ text: String) -> Bool {
    let texts = gather(text.utf8.map(Double.init))
    return texts.allSatisfy { $0 == texts[0] }
  }

  /// The number that the first process passes.
  package func first(_ number: Double) -> Double { gather([number])[0][0] }

  /// Runs `work` in every process; throws in all of them if it throws in one.
  ///
  /// - Returns: what `work` returns in this process.
  /// - Throws: what `work` throws in this process, or ``TrainingProcessError/failed(rank:)``.
  package func together<Value>(_ work: () throws -> Value) throws -> Value {
    let outcome = Result { try work() }
    let failed = gather([outcome.isFailure ? 1 : 0]).firstIndex(of: [1])
    let value = try outcome.get()
    if let failed { throw TrainingProcessError.failed(rank: failed) }
    return value
  }

  /// Runs `work` in the first process only; if it throws there, throws in all processes.
  ///
  /// - Returns: the numbers that `work` returns, in every process.
  /// - Throws: what `work` throws in the first process, and ``TrainingProcessError/failed(rank:)`` in the others.
  package func fromFirst(_ work: () throws -> [Double]) throws -> [Double] {
    let outcome = Result { isFirst ? try work() : [] }
    // The first number is 1 for success and 0 for failure.
    let numbers = gather([outcome.isFailure ? 0 : 1] + ((try? outcome.get()) ?? []))[0]
    _ = try outcome.get()
    guard numbers[0] == 1 else { throw TrainingProcessError.failed(rank: 0) }
    return Array(numbers.dropFirst())
  }

  /// Runs `work` in the first process only; if it throws there, throws in all processes.
  package func inFirst(_ work: () throws -> Void) throws {
    _ = try fromFirst {
      try work()
      return []
    }
  }
}

extension Result {
  fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
