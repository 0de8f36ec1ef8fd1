import Files

/// A value of a configuration file, before it is interpreted by an option.
extension JSONTree {
  /// The value as the words of a command line, or `nil` if it has the wrong JSON type.
  func words(for kind: JSONKind, asList: Bool) -> [String]? {
    switch (self, kind) {
    case (.array(let values), _) where asList:
      var words: [String] = []
      for value in values {
        guard let word = value.words(for: kind, asList: false) else { return nil }
        words += word
      }
      return words
    case (.bool(let value), .boolean): return [String(value)]
    case (.number(let digits), .number): return [digits]
    case (.number(let digits), .integer), (.number(let digits), .integerOrString):
      return digits.contains { ".eE".contains($0) } ? nil : [digits]
    case (.string(let value), .string), (.string(let value), .integerOrString): return [value]
    default: return nil
    }
  }

  /// The value as named in messages.
  var name: String {
    switch self {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let digits): digits
    case .string(let value): "'\(value)'"
    case .array: "the list"
    case .object: "the object"
    }
  }
}
