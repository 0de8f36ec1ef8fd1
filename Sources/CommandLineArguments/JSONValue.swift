import FoundationEssentials

/// A value of a configuration file, before it is interpreted by an option.
enum JSONValue: Decodable, Equatable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([JSONValue])
  case object

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object
    }
  }

  /// The value as the words of a command line, or `nil` if it has the wrong JSON type.
  func words(for kind: JSONKind, asList: Bool) -> [String]? {
    switch (self, kind) {
    case (.list(let values), _) where asList:
      var words: [String] = []
      for value in values {
        guard let word = value.words(for: kind, asList: false) else { return nil }
        words += word
      }
      return words
    case (.boolean(let value), .boolean): return [String(value)]
    case (.integer(let value), .integer), (.integer(let value), .number),
      (.integer(let value), .integerOrString):
      return [String(value)]
    case (.number(let value), .number): return [String(value)]
    case (.string(let value), .string), (.string(let value), .integerOrString): return [value]
    default: return nil
    }
  }

  /// The value as named in messages.
  var name: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "'\(value)'"
    case .list: "the list"
    case .object: "the object"
    }
  }

  /// The reason for an error, for a user.
  static func reason(of error: any Error) -> String {
    switch error {
    case DecodingError.dataCorrupted(let context):
      "it is not valid JSON" + (detail(context).map { " (\($0))" } ?? "")
    case is DecodingError:
      "it must hold one JSON object, such as {\"threads\": 2}"
    case let error as CocoaError where error.code == .fileReadNoSuchFile:
      "no such file"
    case let error as CocoaError where error.code == .fileReadNoPermission:
      "permission denied"
    default:
      "\(error)"
    }
  }

  private static func detail(_ context: DecodingError.Context) -> String? {
    context.underlyingError.map { unsafe ($0 as? CocoaError)?.userInfo["NSDebugDescription"] as? String }
      ?? nil
  }
}
