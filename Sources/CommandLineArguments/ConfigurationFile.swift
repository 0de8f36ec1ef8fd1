import Files

/// A JSON object of options, whose keys are the option names without the leading dashes.
struct ConfigurationFile<Arguments> {
  let path: String
  private let options: [Option<Arguments>]
  private let values: [String: JSONTree]

  init(path: String, _ options: [Option<Arguments>]) throws(ArgumentError) {
    (self.path, self.options) = (path, options)
    let tree: JSONTree
    do {
      tree = try readJSONTree(path: path)
    } catch {
      throw .unreadableConfiguration(path: path, reason: reason(of: error))
    }
    guard case .object(let members) = tree else {
      throw .unreadableConfiguration(
        path: path, reason: #"it must hold one JSON object, such as {"threads": 2}"#)
    }
    // The parser rejects a key that occurs twice.
    values = Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
  }

  /// Sets the properties in the order of the options; returns the names of the options that were given.
  func apply(to arguments: inout Arguments) throws(ArgumentError) -> Set<String> {
    let keys = options.map(\.form.key)
    for key in values.keys.sorted() where !keys.contains(key) {
      throw .unknownKey(key, path: path, nearest: nearest(to: key, among: keys))
    }
    var given: Set<String> = []
    for (option, key) in zip(options, keys) {
      // An empty list counts as not given, like an option that is repeated zero times.
      guard let value = values[key], value != .null, !(option.form.isList && value == .array([])) else {
        continue
      }
      try apply(value, of: key, option, to: &arguments)
      given.insert(option.name)
    }
    return given
  }

  private func apply(
    _ value: JSONTree, of key: String, _ option: Option<Arguments>, to arguments: inout Arguments
  ) throws(ArgumentError) {
    let (kind, isList) = (option.form.jsonKind, option.form.isList)
    guard let words = value.words(for: kind, asList: isList) else {
      let expected = isList ? "\(kind.name) or a list of them" : kind.name
      throw .badKey(key, path: path, found: value.name, expected: expected)
    }
    do {
      try option.assign(&arguments, words)
    } catch .badValue(let word, _, let expected) {
      throw .badKey(key, path: path, found: "'\(word)'", expected: expected)
    }
  }
}

extension JSONKind {
  var name: String {
    switch self {
    case .string: "a string"
    case .integer: "a whole number"
    case .integerOrString: "a whole number or a string"
    case .number: "a number"
    case .boolean: "true or false"
    }
  }
}

private func reason(of error: FileError) -> String {
  switch error {
  case .notFound: "no such file"
  case .notReadable(_, let reason): reason
  case .isAFolder: "it is a folder"
  case .invalidFormat(_, let place, let found, let expected, _):
    "it is not valid JSON: \(place): found \(found), expected \(expected)"
  default: "\(error)"
  }
}
