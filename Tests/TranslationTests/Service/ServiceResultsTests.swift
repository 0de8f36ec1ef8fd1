import Decoding
import Testing
import Text
import Translation

/// Results that are taken one by one while others are computed.
@Suite struct ServiceResultsTests {
  @Test func resultsComeInOrder() async throws {
    let service = try TranslationService(
      model: CopyModel(samplePipeline), pipeline: samplePipeline,
      options: options(threads: 3) { $0.batchSize = 5 })
    let lines = manyLines(500)
    var results: [TranslationResult] = []
    for try await result in try service.results(of: lines) { results.append(result) }
    #expect(results.map(\.text) == lines)
    #expect(results.map(\.lineNumber) == Array(1...500))
    #expect(try await service.translate(lines) == results)
  }

  @Test func aLineIsTranslatedBeforeTheNextComes() async throws {
    let service = try TranslationService(
      model: CopyModel(samplePipeline), pipeline: samplePipeline, options: options(threads: 1))
    let (lines, typing) = AsyncThrowingStream<String, any Error>.makeStream()
    var results = try service.results(of: lines).makeAsyncIterator()
    for line in ["yes", "", "where is the station ?", "no"] {
      typing.yield(line)
      #expect(try await results.next()?.text == line)
    }
    typing.finish()
    #expect(try await results.next() == nil)
    #expect(service.load.calls == 0)
  }

  @Test func whoTakesSlowlyStopsTheReading() async throws {
    let service = try TranslationService(
      model: CopyModel(samplePipeline), pipeline: samplePipeline,
      options: options(threads: 1) { $0.batchSize = 2 })
    let read = Counter()
    let lines = AsyncThrowingStream<String, any Error> {
      read.add()
      return "the cat"
    }
    var results = try service.results(of: lines).makeAsyncIterator()
    for _ in 0..<10 { #expect(try await results.next()?.text == "the cat") }
    try await Task.sleep(for: .milliseconds(200))
    #expect(read.value < 200)
  }

  @Test func anIteratorThatIsDroppedEndsItsCall() async throws {
    let service = try TranslationService(
      model: CopyModel(samplePipeline), pipeline: samplePipeline, options: options(threads: 1))
    let lines = AsyncThrowingStream<String, any Error> { "the cat" }
    for try await result in try service.results(of: lines) where result.lineNumber == 3 { break }
    await waitUntil { service.load.calls == 0 && service.load.waitingTokens == 0 }
    #expect(service.load.calls == 0)
  }

  @Test func aCancelledTaskEndsItsCall() async throws {
    let decoder = GatedDecoder()
    let service = try TranslationService(
      decoder: decoder, pipeline: samplePipeline, options: options(threads: 1))
    let task = Task {
      for try await _ in try service.results(of: manyLines(100)) {}
    }
    await decoder.waitForBatches(1)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    await waitUntil { service.load.calls == 0 }
    #expect(service.load.waitingTokens == 0)
    decoder.open()
  }

  @Test func whatTheLinesFailWithComesBehindTheLinesBefore() async throws {
    struct Broken: Error {}
    let service = try TranslationService(
      model: CopyModel(samplePipeline), pipeline: samplePipeline, options: options(threads: 1))
    let (lines, source) = AsyncThrowingStream<String, any Error>.makeStream()
    source.yield("yes")
    source.yield("no")
    source.finish(throwing: Broken())
    var texts: [String] = []
    await #expect(throws: Broken.self) {
      for try await result in try service.results(of: lines) { texts.append(result.text) }
    }
    #expect(texts == ["yes", "no"])
  }

  @Test func aWrongRequestFailsBeforehand() throws {
    let service = try TranslationService(
      model: CopyModel(samplePipeline), pipeline: samplePipeline, options: options(threads: 1))
    var request = TranslationRequest()
    request.sourceTag = "<2de>"
    #expect(throws: TranslationError.tag(.unknownTag(found: "<2de>", known: []))) {
      try service.results(of: ["a"], request)
    }
  }
}
