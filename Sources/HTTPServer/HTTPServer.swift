import CHTTPServer
import Machine

/// An HTTP/1.1 server.
///
/// Requests are answered by tasks, any number at a time; see ``HTTPHandler``. Slow, large and malformed requests end before they
/// reach the handler.
///
/// - Safety: `@unchecked Sendable`: the C library locks what it shares with its threads.
@safe public final class HTTPServer: @unchecked Sendable {
  /// What a server may use.
  public struct Limits: Sendable, Equatable {
    /// Open connections; further ones are closed.
    public var connections = 10_000
    /// Threads that read and write.
    public var threads = 2
    /// Memory of a connection for its request line and headers, in bytes.
    public var headerBytes = 32 << 10
    /// Seconds without any byte before a connection is closed.
    public var idleSeconds = 60
    /// Seconds from the request line to the end of the body.
    public var requestSeconds = 60
    /// Seconds for reading an answer, besides one for each 16 KiB.
    public var answerSeconds = 60

    /// The defaults.
    public init() {}
  }

  private let server: OpaquePointer
  private let owner: ServerOwner
  private let retained: Unmanaged<ServerOwner>

  /// The port that it listens on.
  public var port: Int { Int(unsafe http_server_port(server)) }
  /// The open connections.
  public var connections: Int { Int(unsafe http_server_connections(server)) }

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - host: a name or an address, such as 127.0.0.1 or ::1.
  ///   - port: the port; 0 for a free one.
  ///   - limits: what it may use.
  ///   - handler: answers requests.
  /// - Throws: ``HTTPServerError`` if it cannot listen there.
  public init(
    host: String = "127.0.0.1", port: Int = 0, limits: Limits = Limits(), handler: any HTTPHandler
  ) throws(HTTPServerError) {
    owner = ServerOwner(handler)
    unsafe retained = Unmanaged.passRetained(owner)
    let callbacks = unsafe http_owner(
      context: retained.toOpaque(), body_limit: { unsafe ServerOwner.of($0).bodyLimit($1) },
      request: { unsafe ServerOwner.of($0).answer($1) }, gone: { unsafe ServerOwner.of($0).abandon($1) })
    let used = http_limits(
      connections: UInt32(limits.connections), threads: UInt32(limits.threads),
      header_bytes: limits.headerBytes, idle_seconds: UInt32(limits.idleSeconds),
      request_seconds: UInt32(limits.requestSeconds), answer_seconds: UInt32(limits.answerSeconds))
    var problem = [CChar](repeating: 0, count: 300)
    let started = unsafe http_server_start(
      host, UInt16(clamping: port), used, callbacks, &problem, problem.count)
    guard let started = unsafe started else {
      unsafe retained.release()
      let text = problem.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw HTTPServerError(host: host, port: port, problem: String(decoding: text, as: UTF8.self))
    }
    unsafe server = started
  }

  /// Stops accepting connections, waits until the open requests are answered, and ends.
  ///
  /// - Parameter seconds: how long to wait; what is not answered then is canceled.
  public func shutDown(within seconds: Double) async {
    unsafe http_server_quiesce(server)
    let end = ContinuousClock.now + .seconds(seconds)
    while owner.openRequests > 0, ContinuousClock.now < end {
      try? await Task.sleep(for: .milliseconds(20))
    }
    owner.cancelAll()
    while owner.openRequests > 0 { try? await Task.sleep(for: .milliseconds(20)) }
    unsafe http_server_stop(server)
    unsafe retained.release()
  }
}

/// Why a server could not be started.
public struct HTTPServerError: Error, Equatable, CustomStringConvertible {
  /// Where it should have listened.
  public var host: String
  /// The port.
  public var port: Int
  /// What the system said.
  public var problem: String

  /// What is wrong, and what to do next.
  public var description: String {
    "cannot listen on \(host), port \(port): \(problem); is another program using the port? Choose another one or another "
      + "address"
  }
}
