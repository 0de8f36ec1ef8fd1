internal import ModelFormats

/// The options in a checkpoint of PyTorch, with errors that name the key.
///
/// They are values of a pickle: dictionaries, attributes of objects such as `argparse.Namespace`, or containers of
/// omegaconf. Nothing of them is ever run.
struct CheckpointOptions {
  private let value: PickleValue
  private let path: String

  init(_ value: PickleValue, path: String) {
    (self.value, self.path) = (value.plain, path)
  }

  /// The value of a key; nil if it is missing or None.
  ///
  /// `encoder_embed_dim` is found as `embed_dim` in `encoder`, too.
  private subscript(key: String) -> PickleValue? {
    if let found = value[key]?.plain { return found.isNone ? nil : found }
    for group in ["encoder", "decoder", "quant_noise"] where key.hasPrefix("\(group)_") {
      if let found = value[group]?.plain[String(key.dropFirst(group.count + 1))]?.plain, !found.isNone {
        return found
      }
    }
    return nil
  }

  /// A whole number; the default if the key is missing.
  func number(_ key: String, default missing: Int) throws(ModelConversionError) -> Int {
    guard let found = self[key] else { return missing }
    guard let number = found.int else { throw bad(key, "a whole number") }
    return number
  }

  /// A real number; the default if the key is missing.
  func real(_ key: String, default missing: Float) throws(ModelConversionError) -> Float {
    guard let found = self[key] else { return missing }
    guard let number = found.double, number.isFinite else { throw bad(key, "a number") }
    return Float(number)
  }

  /// A truth value; false if the key is missing.
  func isOn(_ key: String) throws(ModelConversionError) -> Bool {
    guard let found = self[key] else { return false }
    if let value = found.bool { return value }
    if let number = found.int, 0...1 ~= number { return number == 1 }
    throw bad(key, "true or false")
  }

  /// A text; nil if the key is missing.
  func text(_ key: String) throws(ModelConversionError) -> String? {
    guard let found = self[key] else { return nil }
    guard let text = found.text else { throw bad(key, "a text") }
    return text
  }

  /// Whether a key has a value, whatever it is.
  func has(_ key: String) -> Bool { self[key] != nil }

  func bad(_ key: String, _ expected: String) -> ModelConversionError {
    let found = self[key]
    var shown = "another value"
    if let text = found?.text { shown = String(text.prefix(40)) }
    if let number = found?.double { shown = "\(number)" }
    if let number = found?.int { shown = "\(number)" }
    if let value = found?.bool { shown = "\(value)" }
    return .badOption(path: path, key: key, found: shown, expected: expected)
  }
}

extension PickleValue {
  /// The value in a container or node of omegaconf; other values are themselves.
  var plain: PickleValue {
    guard let className, className.hasPrefix("omegaconf.") else { return self }
    return self["_content"] ?? self["_val"] ?? self
  }
}
