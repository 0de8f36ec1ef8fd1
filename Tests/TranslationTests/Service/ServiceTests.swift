import Decoding
import Testing
import Text
import Translation

@Suite struct ServiceTests {
  func service(
    _ model: CopyModel = CopyModel(samplePipeline), _ change: (inout TranslationOptions) -> Void = { _ in }
  )
    throws -> TranslationService
  {
    var options = TranslationOptions()
    change(&options)
    return try TranslationService(model: model, pipeline: samplePipeline, options: options)
  }

  /// Several kinds of requests, some of which can share batches.
  static func request(_ index: Int) -> TranslationRequest {
    var request = TranslationRequest()
    request.search.beamSize = [1, 3, 3, 5][index % 4]
    request.search.nBest = index % 4 == 2 ? 3 : 1
    if index % 5 == 3 { request.search.sampling = Sampling(temperature: 1.5, seed: UInt64(index % 2)) }
    request.maxSourceLength = index % 3 == 0 ? 7 : 200
    return request
  }

  @Test(arguments: [1, 3])
  func eachOfManyCallersGetsItsOwnResults(threads: Int) async throws {
    let service = try service { ($0.threads, $0.batchSize) = (threads, 8) }
    let texts = (0..<64).map { index in Array(manyLines(40).dropFirst(index % 7).prefix(1 + index % 30)) }
    let alone = try zip(0..., texts).map { index, lines in
      try Translator(self.service { ($0.threads, $0.batchSize) = (1, 1) }, request: Self.request(index))
        .translate(lines)
    }
    let together = try await withThrowingTaskGroup(of: (Int, [TranslationResult]).self) { group in
      for (index, lines) in texts.enumerated() {
        group.addTask { (index, try await service.translate(lines, Self.request(index))) }
      }
      var results: [Int: [TranslationResult]] = [:]
      for try await (index, found) in group { results[index] = found }
      return texts.indices.map { results[$0] ?? [] }
    }
    #expect(together == alone)
    #expect(together.map(\.count) == texts.map(\.count))
    #expect(isIdle(service))
  }

  @Test func callersShareBatches() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1))
    async let first = service.translate(["yes"])
    await decoder.waitForBatches(1)
    // The thread is busy; these gather.
    let lines = ["no", "a dog barks", "the cat"]
    async let others = withThrowingTaskGroup(of: [TranslationResult].self) { group in
      for line in lines { group.addTask { try await service.translate([line]) } }
      return try await group.reduce(into: [String]()) { $0 += $1.map(\.text) }
    }
    await waitUntil { service.load.waitingTokens == tokenCount(lines) }
    decoder.open()
    #expect(try await first.map(\.text) == ["yes"])
    #expect(try await others.sorted() == ["a dog barks", "no", "the cat"])
    #expect(decoder.batches.map(\.count) == [1, 3])
  }

  /// Whether they come one by one or together.
  @Test func batchesHaveSentencesOfSimilarLength() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1) { $0.batchSize = 4 })
    async let first = service.translate(["yes"])
    await decoder.waitForBatches(1)
    let lines = (0..<32).map { Array(repeating: "cat", count: 1 + $0 * 13 % 32).joined(separator: " ") }
    let together = Task { try await service.translate(Array(lines[..<9])) }
    let alone = lines[9...].map { line in Task { try await service.translate([line]) } }
    await waitUntil { service.load.waitingTokens == tokenCount(lines) }
    decoder.open()
    #expect(try await together.value.map(\.text) == Array(lines[..<9]))
    for (call, line) in zip(alone, lines[9...]) { #expect(try await call.value.map(\.text) == [line]) }
    #expect(try await first.count == 1)
    let batches = decoder.batches.dropFirst().map { $0.map(\.count).sorted() }
    let sorted = batches.sorted { ($0.first ?? 0) < ($1.first ?? 0) }.flatMap { $0 }
    #expect(batches.map(\.count) == Array(repeating: 4, count: 8) && sorted == lines.map(\.count).sorted())
  }

  @Test func anIdleServiceSpreadsACallOverItsThreads() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 2))
    async let results = service.translate(Array(repeating: "the cat", count: 20))
    await decoder.waitForBatches(2)
    decoder.open()
    #expect(try await results.count == 20)
    #expect(decoder.batches.map(\.count) == [10, 10])
  }

  @Test func aCallOfManyLinesDoesNotStarveAnother() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1) { $0.batchSize = 4 })
    let lines = Array(repeating: "the cat sat on the mat .", count: 1000)
    let many = Task { try await service.translate(lines) }
    await decoder.waitForBatches(1)
    // Eight batches of it are in the queue.
    let waiting = tokenCount(lines.prefix(8 * 4))
    await waitUntil { service.load.waitingTokens == waiting }
    async let one = service.translate(["yes"])
    await waitUntil { service.load.waitingTokens == waiting + tokenCount(["yes"]) }
    decoder.permit(2)
    #expect(try await one.map(\.text) == ["yes"])
    // Right after the batch that had begun.
    #expect(decoder.batches.firstIndex { $0.contains("yes") } == 1)
    decoder.open()
    #expect(try await many.value.count == 1000)
  }

  @Test func callsGetEqualShares() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1) { $0.batchSize = 4 })
    async let first = service.translate(["yes"])
    await decoder.waitForBatches(1)
    let texts = ["the cat", "a dog barks"]
    let tokens = texts.map { tokenCount([$0]) }
    // Eight batches each, all of which are in the queue before the thread continues.
    let calls = texts.map { text in
      Task { try await service.translate(Array(repeating: text, count: 32)) }
    }
    await waitUntil { service.load.waitingTokens == 32 * (tokens[0] + tokens[1]) }
    decoder.permit(8)
    await decoder.waitForBatches(9)
    let begun = decoder.batches[1..<9].joined()
    let shares = zip(texts, tokens).map { text, count in begun.count { $0 == text } * count }
    #expect(abs(shares[0] - shares[1]) <= 4 * (tokens.max() ?? 0), "\(shares)")
    decoder.open()
    #expect(try await first.count == 1)
    for call in calls { #expect(try await call.value.count == 32) }
  }

  /// Ten calls of one client have no more than one of another.
  @Test func clientsGetEqualShares() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1) { $0.batchSize = 4 })
    func request(_ client: String) -> TranslationRequest {
      var request = TranslationRequest()
      request.client = client
      return request
    }
    async let first = service.translate(["yes"])
    await decoder.waitForBatches(1)
    let (many, one) = ("the cat", "a dog barks")
    let tokens = [many, one].map { tokenCount([$0]) }
    var calls = (0..<10).map { _ in
      Task { try await service.translate(Array(repeating: many, count: 8), request("many")) }
    }
    await waitUntil { service.load.waitingTokens == 80 * tokens[0] }
    calls.append(Task { try await service.translate(Array(repeating: one, count: 24), request("one")) })
    await waitUntil { service.load.waitingTokens == 80 * tokens[0] + 24 * tokens[1] }
    decoder.permit(8)
    await decoder.waitForBatches(9)
    let begun = decoder.batches[1..<9].joined()
    let shares = zip([many, one], tokens).map { text, count in begun.count { $0 == text } * count }
    #expect(abs(shares[0] - shares[1]) <= 4 * (tokens.max() ?? 0), "\(shares)")
    decoder.open()
    #expect(try await first.count == 1)
    for call in calls { #expect(try await call.value.count >= 8) }
  }

  @Test func aCancelledTaskLeavesTheQueue() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1))
    async let first = service.translate(["yes"])
    await decoder.waitForBatches(1)
    let cancelled = Task { try await service.translate(["a dog barks", "a dog barks"]) }
    let kept = Task { try await service.translate(["no"]) }
    await waitUntil { service.load.waitingTokens == tokenCount(["a dog barks", "a dog barks", "no"]) }
    cancelled.cancel()
    // The only thread is still busy.
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    #expect(service.load.calls == 2)
    #expect(service.load.waitingTokens == tokenCount(["no"]))
    decoder.open()
    #expect(try await first.map(\.text) == ["yes"])
    #expect(try await kept.value.map(\.text) == ["no"])
    #expect(decoder.batches == [["yes"], ["no"]])
  }

  @Test func aTaskThatIsCancelledBeforehandTranslatesNothing() async throws {
    let service = try service()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await service.translate(manyLines(10))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(service.load.calls == 0)
  }

  @Test func waitingIsBounded() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline,
      options: options(threads: 1) { ($0.waitingTokens, $0.waitingCalls) = (1, 2) })
    // One is being translated, one waits in the queue, two are suspended. They start one by one; otherwise a third
    // might be suspended before the first is taken from the queue.
    var calls: [Task<[TranslationResult], any Error>] = []
    func call() { calls.append(Task { try await service.translate(["where is the station ?"]) }) }
    call()
    await decoder.waitForBatches(1)
    call()
    await waitUntil { service.load.waitingTokens > 0 }
    for suspended in 1...2 {
      call()
      await waitUntil { service.load.waitingCalls == suspended }
    }
    await #expect(throws: TranslationError.overloaded(waitingCalls: 2)) {
      try await service.translate(["yes"])
    }
    #expect(service.load.calls == 4)
    decoder.open()
    for call in calls { #expect(try await call.value.map(\.text) == ["where is the station ?"]) }
    #expect(try await service.translate(["yes"]).map(\.text) == ["yes"])
    #expect(isIdle(service))
  }

  /// Nearly all calls are suspended, some of them go away, and the others are all translated.
  @Test(arguments: [1, 20, 200])
  func aSmallQueueServesManyCalls(waitingTokens: Int) async throws {
    let service = try service {
      ($0.threads, $0.batchSize, $0.waitingTokens, $0.waitingCalls) = (2, 4, waitingTokens, 1000)
    }
    let calls = (0..<200).map { index in
      let lines = Array(manyLines(40).dropFirst(index % 7).prefix(1 + index % 9))
      return (lines, Task { try await service.translate(lines) })
    }
    for (index, call) in calls.enumerated() where index % 3 == 1 { call.1.cancel() }
    for (index, (lines, call)) in calls.enumerated() {
      if index % 3 == 1 {
        // It may have been translated before it was cancelled.
        if let results = try? await call.value { #expect(results.map(\.text) == lines) }
      } else {
        #expect(try await call.value.map(\.text) == lines)
      }
    }
    await waitUntil { isIdle(service) }
    #expect(isIdle(service))
  }

  @Test func aCallThatHasBegunIsNeverRefused() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline,
      options: options(threads: 1) { ($0.waitingTokens, $0.waitingCalls, $0.batchSize) = (1, 0, 2) })
    let many = Task { try await service.translate(manyLines(300)) }
    await decoder.waitForBatches(1)
    decoder.open()
    #expect(try await many.value.map(\.text) == manyLines(300))
  }

  @Test func errorsStayWithTheirCall() async throws {
    var model = CopyModel(samplePipeline)
    model.poison = try #require(samplePipeline.encode(Array("?".utf8), side: .source).ids.first)
    let service = try service(model) { $0.threads = 2 }
    let lines = manyLines(50).filter { !$0.contains("?") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<20 {
        group.addTask {
          if index % 3 == 0 {
            await #expect(throws: TranslationError.damagedModel(line: 3)) {
              try await service.translate(sampleLines)
            }
          } else if index % 3 == 1 {
            var request = TranslationRequest()
            request.search.beamSize = 0
            await #expect(throws: TranslationError.self) { try await service.translate(lines, request) }
          } else {
            let results = try await service.translate(lines)
            #expect(results.map(\.text) == lines)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(service.load.calls == 0 && service.load.waitingTokens == 0)
  }

  /// The lines after the damaged one are more than there is room for, so that some are suspended when the call fails.
  @Test func aDamagedLineEndsItsCallAlthoughOthersAreSuspended() async throws {
    var model = CopyModel(samplePipeline)
    model.poison = try #require(samplePipeline.encode(Array("?".utf8), side: .source).ids.first)
    let service = try service(model) { ($0.threads, $0.batchSize) = (1, 2) }
    let lines = ["where is the station ?"] + Array(repeating: "yes", count: 1000)
    await #expect(throws: TranslationError.damagedModel(line: 1)) { try await service.translate(lines) }
    #expect(service.load.calls == 0 && service.load.waitingTokens == 0)
  }

  @Test func shutDownEndsCallsAndThreads() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1))
    let calls = (0..<3).map { _ in Task { try await service.translate(["yes", "no"]) } }
    await decoder.waitForBatches(1)
    service.shutDown()
    for call in calls { await #expect(throws: TranslationError.shutDown) { try await call.value } }
    await #expect(throws: TranslationError.shutDown) { try await service.translate(["yes"]) }
    decoder.open()
    await waitUntil { service.load.busyThreads == 0 }
    #expect(service.load.busyThreads == 0)
  }

  @Test func theLastReferenceEndsTheThreads() async throws {
    weak var record: CopyModel.Record?
    do {
      let model = CopyModel(samplePipeline)
      record = model.record
      let service = try service(model) { $0.threads = 3 }
      #expect(try await service.translate(manyLines(20)).count == 20)
    }
    // The threads retain the model until they end.
    await waitUntil { record == nil }
    #expect(record == nil)
  }

  @Test func samplingIsReproducibleInEachCall() async throws {
    let service = try service { $0.threads = 2 }
    var request = TranslationRequest()
    request.search.sampling = Sampling(temperature: 2, seed: 5)
    let lines = manyLines(30)
    let expected = try await service.translate(lines, request)
    try await withThrowingTaskGroup(of: [TranslationResult].self) { [request] group in
      for _ in 0..<8 { group.addTask { try await service.translate(lines, request) } }
      for try await results in group { #expect(results == expected) }
    }
    request.search.sampling?.seed = 6
    #expect(try await service.translate(lines, request) != expected)
  }
}

private func isIdle(_ service: TranslationService) -> Bool {
  let load = service.load
  return load.calls == 0 && load.waitingCalls == 0 && load.waitingTokens == 0 && load.busyThreads == 0
}

func options(threads: Int, _ change: (inout TranslationOptions) -> Void = { _ in }) -> TranslationOptions {
  var options = TranslationOptions()
  options.threads = threads
  change(&options)
  return options
}

/// Source tokens of lines, including `</s>`.
private func tokenCount(_ lines: some Sequence<String>) -> Int {
  lines.reduce(0) { $0 + samplePipeline.encode(Array($1.utf8), side: .source).ids.count + 1 }
}
