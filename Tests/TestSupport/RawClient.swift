import Foundation
import Glibc
import Synchronization

/// A client that sends bytes as they are, and reads what comes back.
public final class RawClient: Sendable {
  private let socket: Int32

  /// Connects to a port of this machine.
  public init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var timeout = timeval(tv_sec: 3000, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result != 0 { throw POSIXError(.ECONNREFUSED) }
  }

  deinit { close() }

  private let isOpen = Atomic(true)

  /// Ends the connection.
  public func close() {
    if isOpen.exchange(false, ordering: .sequentiallyConsistent) { Glibc.close(socket) }
  }

  /// Sends bytes; false if the other side has closed the connection.
  @discardableResult public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Sends bytes; false if the other side has closed the connection.
  @discardableResult public func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// What comes until the other side closes the connection, or a condition holds.
  public func read(until isEnough: (String) -> Bool = { _ in false }) -> String {
    var (all, buffer): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 65536))
    while !isEnough(String(decoding: all, as: UTF8.self)) {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count <= 0 { break }
      all += buffer[..<count]
    }
    return String(decoding: all, as: UTF8.self)
  }

  /// The answer to a request after which the connection is closed.
  public static func answer(_ request: String, port: Int) throws -> String {
    let client = try RawClient(port: port)
    client.send(request)
    return client.read()
  }

  /// The answer to a request with a form, without its header.
  public static func post(
    _ form: KeyValuePairs<String, String>, to path: String, port: Int, accept: String = "*/*"
  ) throws
    -> String
  {
    let body = form.map { "\($0.key)=\(encoded($0.value))" }.joined(separator: "&")
    let answer = try answer(
      "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: \(accept)\r\nConnection: close\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
      port: port)
    return answer.components(separatedBy: "\r\n\r\n").dropFirst().joined(separator: "\r\n\r\n")
  }

  private static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
