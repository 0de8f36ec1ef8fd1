internal import Files
internal import Tokens

/// The values of a `config.json` by their keys, with errors that name the key.
struct JSONOptions {
  let tree: JSONTree
  /// The file, for messages.
  let path: String

  /// Reads a file.
  ///
  /// - Throws: `FileError` if it cannot be read, or is no JSON.
  init(path: String) throws(FileError) {
    tree = try readJSONTree(path: path)
    self.path = path
  }

  /// A number; the default if the key is missing or null.
  func number(_ key: String, default missing: Int? = nil) throws(ModelConversionError) -> Int {
    switch value(key) {
    case .number(let digits)?:
      if let number = Int(digits) { return number }
    case nil:
      if let missing { return missing }
    default: break
    }
    throw bad(key, "a whole number")
  }

  /// A truth value; the default if the key is missing or null.
  func isOn(_ key: String, default missing: Bool) throws(ModelConversionError) -> Bool {
    switch value(key) {
    case .bool(let value)?: return value
    case nil: return missing
    default: throw bad(key, "true or false")
    }
  }

  /// A text; nil if the key is missing or null.
  func text(_ key: String) throws(ModelConversionError) -> String? {
    switch value(key) {
    case .string(let text)?: return text
    case nil: return nil
    default: throw bad(key, "a text")
    }
  }

  /// A real number; nil if the key is missing or null.
  func real(_ key: String) throws(ModelConversionError) -> Float? {
    switch value(key) {
    case .number(let digits)?:
      guard let number = Float(digits), number.isFinite else { throw bad(key, "a number") }
      return number
    case nil: return nil
    default: throw bad(key, "a number")
    }
  }

  /// A token id, which may be in a list of one; ``SpecialTokens/absent`` if the key is missing or null.
  func token(_ key: String) throws(ModelConversionError) -> TokenID {
    switch value(key) {
    case .number(let digits)?:
      if let id = TokenID(digits), id >= 0 { return id }
    case .array(let items)?:
      if items.count == 1, case .number(let digits) = items[0], let id = TokenID(digits), id >= 0 {
        return id
      }
    case nil: return SpecialTokens.absent
    default: break
    }
    throw bad(key, "one token id")
  }

  private func value(_ key: String) -> JSONTree? {
    guard let value = tree[key], value != .null else { return nil }
    return value
  }

  func bad(_ key: String, _ expected: String) -> ModelConversionError {
    let found: String? =
      switch tree[key] {
      case .string(let text)?: String(text.prefix(40))
      case .number(let digits)?: String(digits.prefix(40))
      case let other: other?.words
      }
    return .badOption(path: path, key: key, found: found ?? "missing", expected: expected)
  }
}
