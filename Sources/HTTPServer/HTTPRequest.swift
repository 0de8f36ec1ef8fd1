/// A request that was read completely.
public struct HTTPRequest: Sendable {
  /// The method, such as `GET`.
  public var method: String
  /// The path, percent-decoded; it begins with a slash.
  public var path: String
  /// The values after the question mark.
  public var query: FormFields
  /// The header fields.
  public var headers: HTTPFields
  /// The body.
  public var body: [UInt8]
  /// The address of the client, without its port; "" if it is not known.
  public var client: String

  /// A request.
  ///
  /// - Parameters:
  ///   - method: the method, such as `GET`.
  ///   - target: path and query as they were sent, percent-encoded.
  ///   - headers: the header fields.
  ///   - body: the body.
  ///   - client: the address of the client.
  public init(
    method: String = "GET", target: String, headers: HTTPFields = HTTPFields(), body: [UInt8] = [],
    client: String = ""
  ) {
    let bytes = Array(target.utf8)
    let mark = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
    self.method = method
    path = String(decoding: percentDecoded(bytes[..<mark]), as: UTF8.self)
    query = FormFields(urlEncoded: bytes[min(mark + 1, bytes.count)...])
    (self.headers, self.body, self.client) = (headers, body, client)
  }

  /// The type of the body in lower case, without parameters; "" if there is none.
  public var contentType: String {
    let type = (headers["Content-Type"] ?? "").prefix { $0 != ";" }
    return String(type).lowercased().filter { !$0.isWhitespace }
  }
}
