/// An answer to a request.
public struct HTTPResponse: Sendable {
  /// What an answer contains.
  public enum Body: Sendable {
    /// All of it.
    case bytes([UInt8])
    /// Parts as they become known: the function sends them, and its return ends the body.
    case stream(@Sendable (HTTPBodyWriter) async -> Void)
  }

  /// The status, such as 200.
  public var status: Int
  /// The header fields, without those that say how long the body is.
  public var headers: HTTPFields
  /// The body.
  public var body: Body

  /// An answer.
  public init(status: Int = 200, headers: HTTPFields = HTTPFields(), body: Body = .bytes([])) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  /// Text of a type, in UTF-8.
  public init(status: Int = 200, _ text: String, type: String) {
    self.init(status: status, headers: ["Content-Type": type], body: .bytes(Array(text.utf8)))
  }

  /// All bytes of the body; nil if it comes in parts.
  public var bytes: [UInt8]? { if case .bytes(let bytes) = body { bytes } else { nil } }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
  /// The fields of a list of names and values.
  public init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { add(name, value) }
  }
}
