package import Files

/// The tokens of a vocabulary file by their ids, as bytes.
///
/// Read are `.yml` and `.json` maps from token to id, in any order; `.json` lists; and text with one token a line.
package struct NumberedTokens: Sendable, Equatable {
  /// The token of each id; nil where the file has none.
  package let tokens: [[UInt8]?]
  /// Tokens that have more than one id; the first in the file counts.
  package let duplicates: [Duplicate]

  /// A token with a second id.
  package struct Duplicate: Sendable, Equatable {
    package let token: [UInt8]
    package let id, firstID: Int
  }

  /// Ids without a token.
  package var holes: [Int] { tokens.indices.filter { tokens[$0] == nil } }

  /// Reads a file; its name decides between maps (`.yml`, `.yaml`, `.json`) and lines.
  ///
  /// - Throws: ``FileError``, which names the line or the token and the problem.
  package init(path: String) throws(FileError) {
    let bytes = try readTextFile(path: path, limit: YAMLDocument.greatestSize)
    let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    if [".yml", ".yaml", ".json"].contains(where: { name.hasSuffix($0) }) {
      try self.init(YAMLDocument(parsing: bytes, path: path).root, path: path)
    } else {
      self.init(lines: bytes)
    }
  }

  /// One token a line; the first has id 0.
  ///
  /// CR belongs to a token unless every line ends in it.
  package init(lines bytes: [UInt8]) {
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    if lines.allSatisfy({ $0.last == 0x0d }) { lines = lines.map { $0.dropLast() } }
    var collector = Collector(count: lines.count)
    for (id, line) in lines.enumerated() { collector.add(Array(line), id) }
    (tokens, duplicates) = (collector.tokens, collector.duplicates)
  }

  /// The tokens of a map from token to id, or of a list.
  ///
  /// - Throws: ``FileError`` for ids that are no whole numbers, far beyond the number of tokens, or given twice.
  package init(_ node: YAMLNode, path: String) throws(FileError) {
    func error(_ place: String, found: String, expected: String) -> FileError {
      .invalidFormat(
        path: path, place: place, found: found, expected: expected, hint: "use the vocabulary of the model")
    }
    var entries: [(token: [UInt8], id: Int)] = []
    switch node {
    case .scalar: throw error("", found: "a single text", expected: "a map from tokens to ids, or a list")
    case .list(let nodes):
      for (id, node) in nodes.enumerated() {
        guard let text = node.text else { throw error("entry \(id)", found: "no text", expected: "a token") }
        entries.append((Array(text.utf8), id))
      }
    case .map(let pairs):
      for pair in pairs {
        guard let id = pair.value.int, id >= 0 else {
          throw error(
            "token '\(shown(pair.key))'", found: pair.value.text.map { "'\(shown($0))'" } ?? "a list or map",
            expected: "an id, a whole number from 0")
        }
        entries.append((Array(pair.key.utf8), id))
      }
    }
    // A wrong id must not decide how much memory is needed.
    let limit = 2 * entries.count + 65_536
    guard let last = entries.max(by: { $0.id < $1.id }) else {
      throw error("", found: "no tokens", expected: "a map from tokens to ids, or a list")
    }
    guard last.id < limit else {
      throw error(
        "token '\(shown(last.token))'", found: "the id \(last.id)",
        expected: "ids near the number of tokens, \(entries.count)")
    }
    var collector = Collector(count: last.id + 1)
    for entry in entries {
      if let other = collector.tokens[entry.id], other != entry.token {
        throw error(
          "token '\(shown(entry.token))'",
          found: "the id \(entry.id) of '\(shown(other))'",
          expected: "an id of its own")
      }
      collector.add(entry.token, entry.id)
    }
    (tokens, duplicates) = (collector.tokens, collector.duplicates)
  }

  private struct Collector {
    var tokens: [[UInt8]?]
    var duplicates: [Duplicate] = []
    var ids: [[UInt8]: Int] = [:]

    init(count: Int) { tokens = Array(repeating: nil, count: count) }

    mutating func add(_ token: [UInt8], _ id: Int) {
      tokens[id] = token
      if let first = ids[token] {
        if first != id { duplicates.append(Duplicate(token: token, id: id, firstID: first)) }
      } else {
        ids[token] = id
      }
    }
  }
}

/// The beginning of a text in one line, for messages.
private func shown(_ text: String) -> String { shown(Array(text.utf8)) }

private func shown(_ bytes: [UInt8]) -> String {
  String(decoding: bytes.prefix(60).map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
}
