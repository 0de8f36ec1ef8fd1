/// Sends the parts of a body.
public struct HTTPBodyWriter: Sendable {
  let exchange: HTTPExchange

  /// Sends a part.
  ///
  /// - Returns: false if the client is gone.
  @discardableResult public func send(_ part: [UInt8]) -> Bool { exchange.send(part) }

  /// Sends text in UTF-8.
  @discardableResult public func send(_ part: String) -> Bool { send(Array(part.utf8)) }
}
