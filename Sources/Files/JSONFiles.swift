import FoundationEssentials

/// Reads a value from a JSON file.
///
/// - Throws: ``FileError``, which names the line if the text is not JSON, and the key if a value is missing or of the
///   wrong type for `Value`.
public func readJSON<Value: Decodable>(_ type: Value.Type = Value.self, path: String) throws(FileError)
  -> Value
{
  let bytes = try readTextFile(path: path)
  let tree = try parse(bytes, path: path)
  do {
    return try JSONDecoder().decode(Value.self, from: Data(bytes))
  } catch let error as DecodingError {
    throw fileError(error, in: tree, path: path)
  } catch {
    throw .invalidFormat(path: path, place: "", found: "\(error)", expected: "\(Value.self)", hint: "")
  }
}

/// Reads a JSON file as it is, with numbers as written.
///
/// - Throws: ``FileError``, which names the line if the text is not JSON or a key occurs twice.
package func readJSONTree(path: String) throws(FileError) -> JSONTree {
  try parse(readTextFile(path: path), path: path)
}

private func parse(_ bytes: [UInt8], path: String) throws(FileError) -> JSONTree {
  do {
    return try JSONParser.parse(bytes[...])
  } catch {
    throw .invalidFormat(
      path: path, place: "line \(error.line)", found: error.found, expected: error.expected,
      hint: "the file must be JSON")
  }
}

/// Writes a value as a JSON file, indented and with sorted keys, whole or not at all.
///
/// - Throws: ``FileError`` if the file cannot be written, or the value contains something that JSON cannot represent
///   (infinity, NaN).
public func writeJSON(_ value: some Encodable, path: String) throws(FileError) {
  try writeFileAtomically(path: path, contents: jsonContents(value, path: path))
}

/// What ``writeJSON(_:path:)`` writes to a file.
package func jsonContents(_ value: some Encodable, path: String) throws(FileError) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  let bytes: [UInt8]
  do {
    bytes = Array(try encoder.encode(value))
  } catch EncodingError.invalidValue(let value, let context) {
    throw .notWritable(path: path, reason: "JSON cannot hold \(value) at '\(keyPath(context.codingPath))'")
  } catch {
    throw .notWritable(path: path, reason: "\(error)")
  }
  return bytes + [0x0a]
}

private func fileError(_ error: DecodingError, in tree: JSONTree, path: String) -> FileError {
  func wrong(_ keys: [any CodingKey], expected: String) -> FileError {
    let found = value(at: keys, in: tree)?.words ?? "nothing"
    return .invalidFormat(path: path, place: place(keys), found: found, expected: expected, hint: "")
  }
  switch error {
  case .keyNotFound(let key, let context):
    return .invalidFormat(
      path: path, place: place(context.codingPath + [key]), found: "no such key", expected: "a value",
      hint: "add it")
  case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
    return wrong(context.codingPath, expected: words(type))
  case .dataCorrupted(let context):
    // The text is valid JSON, so a number does not fit its property's type; Foundation does not say which.
    let suspects = context.codingPath.isEmpty ? unusualNumbers(in: tree) : []
    guard suspects.isEmpty else {
      return .invalidFormat(
        path: path, place: "key \(suspects.prefix(5).joined(separator: " or "))",
        found: "a fraction or a huge number",
        expected: "a whole number", hint: "")
    }
    return wrong(context.codingPath, expected: "another value (\(context.debugDescription))")
  @unknown default:
    return wrong([], expected: "another value (\(error))")
  }
}

private func place(_ keys: [any CodingKey]) -> String { keys.isEmpty ? "" : "key '\(keyPath(keys))'" }

/// A key path as text: `layers[2].size`.
private func keyPath(_ keys: [any CodingKey]) -> String {
  var path = ""
  for key in keys {
    if let index = key.intValue {
      path += "[\(index)]"
    } else {
      path += path.isEmpty ? key.stringValue : "." + key.stringValue
    }
  }
  return path
}

private func value(at keys: [any CodingKey], in tree: JSONTree) -> JSONTree? {
  var value = tree
  for key in keys {
    if case .array(let elements) = value, let index = key.intValue, elements.indices.contains(index) {
      value = elements[index]
    } else if let member = value[key.stringValue] {
      value = member
    } else {
      return nil
    }
  }
  return value
}

/// The paths of all numbers that are not plain integers, in the form of ``keyPath(_:)``.
private func unusualNumbers(in tree: JSONTree, at path: String = "") -> [String] {
  switch tree {
  case .number(let digits): Int(digits) == nil ? ["'\(path)'"] : []
  case .array(let elements):
    elements.enumerated().flatMap { unusualNumbers(in: $0.element, at: "\(path)[\($0.offset)]") }
  case .object(let members):
    members.flatMap { unusualNumbers(in: $0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)") }
  default: []
  }
}

private func words(_ type: any Any.Type) -> String {
  switch type {
  case is Bool.Type: "true or false"
  case is String.Type: "a string"
  case is any BinaryInteger.Type: "a whole number"
  case is any BinaryFloatingPoint.Type: "a number"
  case is any Collection.Type: "\(type)".hasPrefix("Dictionary") ? "an object" : "a list"
  default: "\(type)"
  }
}
