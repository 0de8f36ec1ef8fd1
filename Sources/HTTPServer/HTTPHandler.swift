/// What answers the requests of a server.
public protocol HTTPHandler: Sendable {
  /// The most bytes that the body of a request may have; more is refused with 413 before it is read.
  ///
  /// It is called on a thread of the server, and must not wait.
  ///
  /// - Parameters:
  ///   - method: the method.
  ///   - path: the path as it was sent.
  /// - Returns: a number of bytes.
  func bodyLimit(method: String, path: String) -> Int

  /// Answers a request.
  ///
  /// The task is canceled when the client goes away.
  func respond(to request: HTTPRequest) async -> HTTPResponse
}
