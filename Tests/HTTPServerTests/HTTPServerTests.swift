import Foundation
import HTTPServer
import Machine
import TestSupport
import Testing

/// Answers with what it was asked.
struct Echo: HTTPHandler {
  let record = Monitor<[String]>([])

  func bodyLimit(method: String, path: String) -> Int { path == "/large" ? 10_000_000 : 1000 }

  func respond(to request: HTTPRequest) async -> HTTPResponse {
    record.withLock { $0.append(request.path) }
    switch request.path {
    case "/slow":
      do { try await Task.sleep(for: .seconds(30)) } catch {
        record.withLock { $0.append("canceled") }
      }
      return HTTPResponse("late", type: "text/plain")
    case "/stream":
      return HTTPResponse(
        headers: ["Content-Type": "text/event-stream"],
        body: .stream { writer in
          for part in 0..<5 {
            writer.send("part \(part)\n")
            try? await Task.sleep(for: .milliseconds(5))
          }
        })
    case "/endless":
      return HTTPResponse(
        body: .stream { [record] writer in
          while writer.send("again\n"), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(2)) }
          record.withLock { $0.append("stopped") }
        })
    default:
      let query = request.query.fields.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
      var response = HTTPResponse(
        "\(request.method) \(request.path) [\(query)] \(request.headers["x-test"] ?? "-") \(request.body.count)",
        type: "text/plain")
      response.headers["X-Evil"] = request.headers["X-Evil"]
      return response
    }
  }
}

extension RawClient {
  /// As ``read(until:)``, on a thread of its own: the tasks that answer need those of the tests.
  func received(until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: self.read(until: isEnough)) }
    }
  }

  static func reply(_ request: String, port: Int) async throws -> String {
    let client = try RawClient(port: port)
    client.send(request)
    return await client.received()
  }
}

@Suite(.serialized) struct HTTPServerTests {
  private func withServer(
    _ limits: HTTPServer.Limits = HTTPServer.Limits(), _ body: (Int, Echo) async throws -> Void
  ) async throws {
    let echo = Echo()
    let server = try HTTPServer(limits: limits, handler: echo)
    do { try await body(server.port, echo) } catch {
      await server.shutDown(within: 0)
      throw error
    }
    await server.shutDown(within: 0)
  }

  private func waitUntil(_ condition: () -> Bool) async {
    for _ in 0..<15_000 where !condition() { try? await Task.sleep(for: .milliseconds(20)) }
  }

  @Test func requestsAreAnswered() async throws {
    try await withServer { port, _ in
      let answer = try await RawClient.reply(
        "GET /a%20b?x=1+2&y=%C3%A4&x HTTP/1.1\r\nHost: h\r\nX-Test: yes\r\nConnection: close\r\n\r\n",
        port: port)
      #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
      #expect(answer.hasSuffix("GET /a b [x=1 2,y=ä,x=] yes 0"), "\(answer)")
      let post = try await RawClient.reply(
        "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", port: port)
      #expect(post.hasSuffix("POST /p [] - 5"))
      let chunked = try await RawClient.reply(
        "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
        port: port)
      #expect(chunked.hasSuffix("POST /p [] - 5"))
    }
  }

  @Test func connectionsAreKept() async throws {
    try await withServer { port, _ in
      let client = try RawClient(port: port)
      for number in 0..<20 {
        client.send("POST /\(number) HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab")
        let answer = await client.received { $0.contains("POST /\(number) [] - 2") }
        #expect(answer.hasPrefix("HTTP/1.1 200 "))
      }
      // Several at once are answered in order.
      client.send((0..<3).map { "GET /p\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
      let answers = await client.received { $0.contains("GET /p2 ") }
      #expect(answers.components(separatedBy: "HTTP/1.1 200").count == 4)
    }
  }

  @Test func partsAreSentAsTheyCome() async throws {
    try await withServer { port, echo in
      let answer = try await RawClient.reply(
        "GET /stream HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: port)
      for part in 0..<5 { #expect(answer.contains("part \(part)\n")) }
      #expect(answer.contains("text/event-stream"))
      // A client that goes away ends the stream.
      let client = try RawClient(port: port)
      client.send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await client.received { $0.contains("again") }.contains("again"))
      client.close()
      await waitUntil { echo.record.withLock { $0.contains("stopped") } }
      #expect(echo.record.withLock { $0.contains("stopped") })
    }
  }

  @Test func aClientThatGoesAwayCancelsItsTask() async throws {
    try await withServer { port, echo in
      let client = try RawClient(port: port)
      client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
      await waitUntil { echo.record.withLock { $0.contains("/slow") } }
      client.close()
      await waitUntil { echo.record.withLock { $0.contains("canceled") } }
      #expect(echo.record.withLock { $0 } == ["/slow", "canceled"])
    }
  }

  /// What two servers in a row might read differently.
  @Test(arguments: [
    "Content-Length: 3\r\nContent-Length: 4", "Content-Length: 3\r\nTransfer-Encoding: chunked",
    "Content-Length: +3", "Content-Length: 3, 3", "Content-Length: -1", "Content-Length: 0x3",
    "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "Content-Length: 99999999999999999999", "Content-Length : 3", "Host: other",
  ])
  func ambiguousRequestsAreRefused(fields: String) async throws {
    try await withServer { port, echo in
      let answer = try await RawClient.reply(
        "POST /x HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n",
        port: port)
      #expect(
        answer.isEmpty || answer.hasPrefix("HTTP/1.1 400 ") || answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
      #expect(echo.record.withLock { $0 } == [])
    }
  }

  @Test func largeBodiesAreRefused() async throws {
    try await withServer { port, echo in
      let declared = try await RawClient.reply(
        "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n", port: port)
      #expect(declared.hasPrefix("HTTP/1.1 413 "), "\(declared)")
      let client = try RawClient(port: port)
      client.send("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
      for _ in 0..<20 where client.send("64\r\n\(String(repeating: "x", count: 100))\r\n") {}
      client.send("0\r\n\r\n")
      let chunked = await client.received { $0.contains("too large") }
      #expect(chunked.isEmpty || chunked.hasPrefix("HTTP/1.1 413 "), "\(chunked)")
      #expect(echo.record.withLock { $0 } == [])
      let large = try RawClient(port: port)
      large.send("POST /large HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 3000000\r\n\r\n")
      large.send([UInt8](repeating: 1, count: 3_000_000))
      #expect(await large.received().hasSuffix("POST /large [] - 3000000"))
    }
  }

  @Test func headersAreBounded() async throws {
    try await withServer { port, echo in
      for flood in [
        "X: \(String(repeating: "y", count: 100_000))\r\n",
        String(repeating: "X-Many: y\r\n", count: 10_000),
      ] {
        let client = try RawClient(port: port)
        client.send("GET /x HTTP/1.1\r\nHost: h\r\n\(flood)\r\n")
        let answer = await client.received()
        #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
      }
      #expect(echo.record.withLock { $0 } == [])
      #expect(
        try await RawClient.reply("GET /y HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: port)
          .hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test func slowRequestsAreClosed() async throws {
    var limits = HTTPServer.Limits()
    limits.requestSeconds = 1
    try await withServer(limits) { port, echo in
      let client = try RawClient(port: port)
      var isOpen = client.send("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n")
      let start = ContinuousClock.now
      while isOpen, start.duration(to: .now) < .seconds(120) {
        isOpen = client.send("x")
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(!isOpen)
      #expect(echo.record.withLock { $0 } == [])
    }
  }

  @Test func lineEndsInFieldsAreNotSent() async throws {
    struct Splitting: HTTPHandler {
      func bodyLimit(method: String, path: String) -> Int { 0 }
      func respond(to request: HTTPRequest) async -> HTTPResponse {
        HTTPResponse(headers: ["X-Name": "a\r\nX-Evil: b\0c"], body: .bytes(Array("ok".utf8)))
      }
    }
    let server = try HTTPServer(handler: Splitting())
    let answer = try await RawClient.reply(
      "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", port: server.port)
    #expect(answer.hasPrefix("HTTP/1.1 200 ") && !answer.contains("\r\nX-Evil"))
    await server.shutDown(within: 1)
  }

  @Test func manyConnectionsAtOnce() async throws {
    try await withServer { port, echo in
      let clients = try (0..<300).map { _ in try RawClient(port: port) }
      for (number, client) in clients.enumerated() {
        client.send("GET /\(number) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      }
      for (number, client) in clients.enumerated() {
        #expect(await client.received().hasSuffix("GET /\(number) [] - 0"))
      }
      #expect(echo.record.withLock { $0.count } == 300)
    }
  }

  @Test func openRequestsAreAnsweredBeforeTheEnd() async throws {
    struct Late: HTTPHandler {
      func bodyLimit(method: String, path: String) -> Int { 0 }
      func respond(to request: HTTPRequest) async -> HTTPResponse {
        try? await Task.sleep(for: .milliseconds(300))
        return HTTPResponse("done", type: "text/plain")
      }
    }
    let server = try HTTPServer(handler: Late())
    let client = try RawClient(port: server.port)
    client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    try await Task.sleep(for: .milliseconds(100))
    await server.shutDown(within: 300)
    #expect(await client.received().hasSuffix("done"))
  }

  @Test func aPortThatIsTakenIsAnError() async throws {
    let server = try HTTPServer(handler: Echo())
    #expect(throws: HTTPServerError.self) { try HTTPServer(port: server.port, handler: Echo()) }
    #expect(throws: HTTPServerError.self) { try HTTPServer(host: "no.such.host.invalid", handler: Echo()) }
    await server.shutDown(within: 0)
  }
}
