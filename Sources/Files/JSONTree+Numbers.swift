extension JSONTree {
  /// The paths of all numbers that are not plain integers: `layers[2].size`.
  ///
  /// - Parameter path: the path of this value.
  /// - Returns: the paths in the order of the text.
  func unusualNumbers(at path: String = "") -> [String] {
    switch self {
    case .number(let digits): Int(digits) == nil ? [path] : []
    case .array(let elements):
      elements.enumerated().flatMap { $0.element.unusualNumbers(at: "\(path)[\($0.offset)]") }
    case .object(let members): members.flatMap { $0.value.unusualNumbers(at: join(path, $0.key)) }
    default: []
    }
  }

  /// The value as text, with zeros in place of the numbers of ``unusualNumbers(at:)`` except one.
  ///
  /// - Parameters:
  ///   - kept: the path of the number that stays.
  ///   - path: the path of this value.
  /// - Returns: JSON.
  func text(withoutUnusualNumbersExcept kept: String, at path: String = "") -> String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): Int(digits) != nil || path == kept ? digits : "0"
    case .string(let text): quotedJSON(text)
    case .array(let elements):
      "["
        + elements.enumerated().map {
          $0.element.text(withoutUnusualNumbersExcept: kept, at: "\(path)[\($0.offset)]")
        }.joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.map {
          let text = $0.value.text(withoutUnusualNumbersExcept: kept, at: join(path, $0.key))
          return "\(quotedJSON($0.key)):\(text)"
        }.joined(separator: ",") + "}"
    }
  }
}

private func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
