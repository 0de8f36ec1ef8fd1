/// Decisions that several processes make together, from the numbers that they gather.
extension GradientReducer {
  /// Whether this process keeps the time, scores text and writes files.
  package var isFirst: Bool { rank == 0 }

  /// This process's share of `count` items, such as shards, as a range of indices.
  package func share(of count: Int) -> Range<Int> {
    rank * count / processCount..<(rank + 1) * count / processCount
  }

  /// This process's share of items in a row, so that the costs of all shares are as even as the items allow.
  ///
  /// - Parameter costs: at least 1 for each item, the same in all processes.
  /// - Returns: a range of indices; the shares of all processes are the items in order.
  package func share(ofCosts costs: [Int]) -> Range<Int> {
    let total = costs.reduce(0, +)
    /// The number of items whose middle is before this share of the total.
    func end(of share: Int) -> Int {
      guard share < processCount else { return costs.count }
      var before = 0
      return costs.firstIndex { cost in
        defer { before += cost }
        return (2 * before + cost) * processCount >= 2 * share * total
      } ?? costs.count
    }
    return end(of: rank)..<end(of: rank + 1)
  }

  /// Whether the condition holds in any process.
  package func isAny(_ condition: Bool) -> Bool { gather([condition ? 1 : 0]).contains([1]) }

  /// Whether all processes give the same text.
  package func isSame(_ text: String) -> Bool {
    let texts = texts(text)
    return texts.allSatisfy { $0 == texts[0] }
  }

  /// The texts of all processes, by rank.
  package func texts(_ text: String) -> [String] {
    gather(text.utf8.map(Double.init)).map { String(decoding: $0.map { UInt8($0) }, as: UTF8.self) }
  }

  /// The number that the first process passes.
  package func first(_ number: Double) -> Double { gather([number])[0][0] }

  /// Runs `work` in every process; throws in all of them if it throws in one.
  ///
  /// - Returns: what `work` returns in this process.
  /// - Throws: what `work` throws in this process, or ``TrainingProcessError/failed(rank:)``; ``ValidationInterrupted`` in
  ///   all processes if it was interrupted in one and failed in none.
  package func together<Value>(_ work: () throws -> Value) throws -> Value {
    let outcome = Result { try work() }
    return try agreed(outcome, endings: gather([outcome.ending.rawValue]).map { $0[0] })
  }

  /// Runs `work` in the first process only; if it throws there, throws in all processes.
  ///
  /// - Returns: the numbers that `work` returns, in every process.
  /// - Throws: what `work` throws in the first process, and in the others ``TrainingProcessError/failed(rank:)`` or
  ///   ``ValidationInterrupted``.
  package func fromFirst(_ work: () throws -> [Double]) throws -> [Double] {
    let outcome = Result { isFirst ? try work() : [] }
    let numbers = gather([outcome.ending.rawValue] + ((try? outcome.get()) ?? []))[0]
    _ = try agreed(outcome, endings: [numbers[0]])
    return Array(numbers.dropFirst())
  }

  /// Runs `work` in the first process only; if it throws there, throws in all processes.
  package func inFirst(_ work: () throws -> Void) throws {
    _ = try fromFirst {
      try work()
      return []
    }
  }

  /// The value of an outcome, if the work ended well in all processes.
  private func agreed<Value>(_ outcome: Result<Value, any Error>, endings: [Double]) throws -> Value {
    if let failed = endings.firstIndex(of: Ending.failed.rawValue) {
      if outcome.ending == .failed { return try outcome.get() }
      throw TrainingProcessError.failed(rank: failed)
    }
    if endings.contains(Ending.interrupted.rawValue) { throw ValidationInterrupted() }
    return try outcome.get()
  }
}

/// How work ended, as a number that processes exchange.
private enum Ending: Double {
  case done, failed, interrupted
}

extension Result {
  fileprivate var ending: Ending {
    switch self {
    case .success: .done
    case .failure(let error): error is ValidationInterrupted ? .interrupted : .failed
    }
  }
}
