extension JSONTree {
  /// The value as indented text, with numbers as they were written and keys in their order.
  ///
  /// - Parameter indentation: what precedes each line but the first.
  /// - Returns: JSON.
  package func text(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let digits): return digits
    case .string(let text): return quotedJSON(text)
    case .array(let elements):
      return block("[", elements.map { $0.text(indentation: inner) }, "]", indentation)
    case .object(let members):
      return block(
        "{", members.map { "\(quotedJSON($0.key)) : \($0.value.text(indentation: inner))" }, "}", indentation)
    }
  }

  /// The value on one line, without white space between its parts.
  package var compactText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): quotedJSON(text)
    case .array(let elements): "[" + elements.map(\.compactText).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\(quotedJSON($0.key)):\($0.value.compactText)" }.joined(separator: ",") + "}"
    }
  }

  /// An object with other values for some of its keys; new keys come last.
  package func with(_ changes: [(key: String, value: JSONTree)]) -> JSONTree {
    guard case .object(var members) = self else { return self }
    for (key, value) in changes {
      let member = Member(key: key, value: value)
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index] = member
      } else {
        members.append(member)
      }
    }
    return .object(members)
  }

  /// An object without the keys that satisfy a condition.
  package func without(_ isDropped: (String) -> Bool) -> JSONTree {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !isDropped($0.key) })
  }
}

private func block(_ start: String, _ items: [String], _ end: String, _ indentation: String) -> String {
  guard !items.isEmpty else { return start + end }
  let lines = items.map { "\(indentation)  \($0)" }.joined(separator: ",\n")
  return "\(start)\n\(lines)\n\(indentation)\(end)"
}
