internal import Files

/// Checks the numbers of `config.json` before it is decoded.
///
/// Decoding stops at the first number that does not fit its type and cannot say which one it was. Here, the message
/// names the key.
enum ConfigurationNumbers {
  /// - Throws: `FileError` for the first number out of range.
  static func check(_ tree: JSONTree, path: String) throws(FileError) {
    try check(tree, ModelConfiguration.ranges, path: path)
    for key in ModelConfiguration.tokenKeys { try check(tree, key, 0...Int(Int32.max), path: path) }
    for key in ModelConfiguration.rateKeys { try checkRate(tree, key, path: path) }
    guard let part = tree[ModelConfiguration.nonautoregressiveKey] else { return }
    try check(
      part, NonautoregressiveConfiguration.ranges, in: ModelConfiguration.nonautoregressiveKey + ".",
      path: path)
  }

  private static func check(
    _ tree: JSONTree, _ ranges: [(key: String, range: ClosedRange<Int>)], in parent: String = "", path: String
  ) throws(FileError) {
    for (key, range) in ranges { try check(tree, key, range, in: parent, path: path) }
  }

  private static func check(
    _ tree: JSONTree, _ key: String, _ range: ClosedRange<Int>, in parent: String = "", path: String
  ) throws(FileError) {
    // Other types are reported when the value is decoded.
    guard case .number(let digits)? = tree[key] else { return }
    // Other programs may write 24 as 24.0.
    guard let number = Int(digits) ?? Double(digits).flatMap({ Int(exactly: $0) }), range.contains(number)
    else {
      throw wrong(
        parent + key, digits, "a whole number from \(range.lowerBound) to \(range.upperBound)", path: path)
    }
  }

  private static func checkRate(_ tree: JSONTree, _ key: String, path: String) throws(FileError) {
    guard case .number(let digits)? = tree[key] else { return }
    guard let number = Double(digits), (0..<1).contains(number) else {
      throw wrong(key, digits, "a number of at least 0 and below 1", path: path)
    }
  }

  private static func wrong(
    _ key: String, _ digits: String, _ expected: String, path: String
  ) -> FileError {
    .invalidFormat(
      path: path, place: "key '\(key)'", found: digits, expected: expected,
      hint: "correct the number, or copy the model folder again")
  }
}
