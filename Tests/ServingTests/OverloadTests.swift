import Decoding
import HTTPServer
import Machine
import Serving
import Testing
import Tokens
import Translation

/// What clients get while the server is busy.
@Suite struct OverloadTests {
  /// Translates nothing until it is told to.
  private struct GatedDecoder: BatchDecoder {
    let inner: WordDecoder
    let isOpen: Monitor<Bool>
    var vocabularySize: Int { inner.vocabularySize }
    var specialTokens: SpecialTokens { inner.specialTokens }
    var maxLength: Int { inner.maxLength }

    func decode(_ input: DecoderInput) -> [[Hypothesis]] {
      isOpen.wait { $0 ? () : nil }
      return inner.decode(input)
    }
  }

  private let isOpen = Monitor(false)

  /// A server whose only thread waits, and whose queue holds one text.
  private func server() throws -> (server: TranslationServer, service: TranslationService) {
    let (pipeline, decoder) = try Dictionaries.decoder("en-de")
    var options = TranslationOptions()
    (options.threads, options.waitingTokens, options.waitingCalls) = (1, 1, 0)
    let service = try TranslationService(
      decoder: GatedDecoder(inner: decoder, isOpen: isOpen), pipeline: pipeline, options: options)
    let server = TranslationServer(
      try ServingFixture.graph(["en-de"]), ModelPool { _ in service }, store: try ServerStore())
    return (server, service)
  }

  private func post(_ server: TranslationServer, _ path: String, _ body: String) async -> HTTPResponse {
    await server.respond(
      to: HTTPRequest(
        method: "POST", target: path, headers: ["Content-Type": "application/json"], body: Array(body.utf8)))
  }

  private let house = #"{"q":"the house","source":"en","target":"de"}"#

  private func until(_ condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(1)) }
  }

  @Test func aFullQueueSaysWhenToComeBack() async throws {
    let (server, service) = try server()
    let running = Task { await post(server, "/translate", house) }
    try await until {
      service.load.calls == 1 && service.load.waitingTokens == 0 && service.load.busyThreads == 1
    }
    let waiting = Task { await post(server, "/translate", house) }
    try await until { service.load.waitingTokens > 0 }
    let refused = await post(server, "/translate", house)
    #expect(refused.status == 429 && refused.headers["Retry-After"] == "1")
    #expect(refused.text.contains("Slowdown"))
    let deepL = await post(
      server, "/v2/translate", #"{"text":["dog"],"source_lang":"EN","target_lang":"DE"}"#)
    #expect(deepL.status == 429 && deepL.headers["Retry-After"] == "1")
    isOpen.withLock { $0 = true }
    isOpen.signalAll()
    #expect(await running.value.status == 200)
    #expect(await waiting.value.status == 200)
  }

  @Test func textsOfClientsThatWentAwayLeaveTheQueue() async throws {
    let (server, service) = try server()
    let running = Task { await post(server, "/translate", house) }
    try await until { service.load.busyThreads == 1 }
    let waiting = Task { await post(server, "/translate", house) }
    try await until { service.load.waitingTokens > 0 }
    waiting.cancel()
    #expect(await waiting.value.status == 499)
    #expect(service.load.waitingTokens == 0)
    isOpen.withLock { $0 = true }
    isOpen.signalAll()
    #expect(await running.value.status == 200)
  }
}
