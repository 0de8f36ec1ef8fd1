/// A value of a YAML document: text, a list, or a map in its order.
///
/// Scalars stay the text that was written. What `yes`, `1.0`, `~` or `null` stands for depends on what the caller asks
/// for, so a token of a vocabulary is never taken for something else.
package indirect enum YAMLNode: Sendable, Equatable {
  /// A text, and whether it was in quotation marks; the text of a missing value is empty.
  case scalar(String, isQuoted: Bool)
  case list([YAMLNode])
  case map([Pair])

  /// A key and its value.
  package struct Pair: Sendable, Equatable {
    package let key: String
    package let value: YAMLNode

    package init(key: String, value: YAMLNode) { (self.key, self.value) = (key, value) }
  }

  /// A text that is written without quotation marks if possible: a word or a number.
  package static func plain(_ text: some CustomStringConvertible) -> YAMLNode {
    .scalar("\(text)", isQuoted: false)
  }

  /// A missing value.
  package static let missing = YAMLNode.scalar("", isQuoted: false)

  /// The value of a key, if this is a map that has it; the first if there are several, as in yaml-cpp.
  package subscript(key: String) -> YAMLNode? {
    guard case .map(let pairs) = self else { return nil }
    let bytes = Array(key.utf8)
    return pairs.first { $0.key.utf8.elementsEqual(bytes) }?.value
  }

  /// The text of a scalar.
  package var text: String? {
    guard case .scalar(let text, _) = self else { return nil }
    return text
  }

  /// Whether this is what YAML calls null: a missing value, `~` or `null`.
  package var isNull: Bool {
    guard case .scalar(let text, isQuoted: false) = self else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }
}

// MARK: - Typed access

extension YAMLNode {
  /// A truth value, quoted or not: `true`, `yes`, `on`, `y` and their opposites, in lower case, upper case or with a
  /// capital letter, as yaml-cpp reads it; nil for anything else.
  package var bool: Bool? {
    guard let text else { return nil }
    let lower = text.lowercased()
    guard
      text == lower || text == text.uppercased() || text == lower.prefix(1).uppercased() + lower.dropFirst()
    else { return nil }
    return switch lower {
    case "y", "yes", "true", "on": true
    case "n", "no", "false", "off": false
    default: nil
    }
  }

  /// A whole number, quoted or not: decimal, `0x` hexadecimal, or octal with a leading zero, as yaml-cpp reads it; nil
  /// for anything else.
  package var int: Int? {
    guard var text = text?[...] else { return nil }
    let isNegative = text.first == "-"
    if isNegative || text.first == "+" { text = text.dropFirst() }
    guard text.first?.isHexDigit == true, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    let digits: (text: Substring, radix: Int) =
      text.hasPrefix("0x") || text.hasPrefix("0X")
      ? (text.dropFirst(2), 16) : text.hasPrefix("0") && text.count > 1 ? (text.dropFirst(), 8) : (text, 10)
    guard digits.text.first?.isHexDigit == true else { return nil }
    return Int((isNegative ? "-" : "") + digits.text, radix: digits.radix)
  }

  /// A number, quoted or not, with `.inf` and `.nan`; nil for anything else.
  package var float: Double? {
    guard let text else { return nil }
    switch text.lowercased() {
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    case ".nan": return .nan
    default:
      let allowed = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
      return allowed ? Double(text) : nil
    }
  }

  /// The texts of a list, or of a single scalar; nil if there is anything else in it.
  package var strings: [String]? {
    switch self {
    case .scalar(let text, _): return isNull ? [] : [text]
    case .map: return nil
    case .list(let nodes):
      var texts: [String] = []
      for node in nodes {
        guard let text = node.text else { return nil }
        texts.append(text)
      }
      return texts
    }
  }

  /// The pairs of a map, or none.
  package var pairs: [Pair] {
    guard case .map(let pairs) = self else { return [] }
    return pairs
  }
}
