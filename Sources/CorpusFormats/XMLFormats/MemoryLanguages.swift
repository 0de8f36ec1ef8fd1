import Files

/// Chooses the two languages of a translation memory that has many.
struct MemoryLanguages {
  let source: String
  let target: String
  let path: String
  /// The codes that the file has, as far as they were seen.
  private(set) var seen: Set<String> = []
  private(set) var foundTarget: String?

  /// - Parameters:
  ///   - source: the code of the source language that was asked for; empty for that which the file names.
  ///   - target: the code of the target language; empty if there is only one other.
  ///   - path: the file's name for messages.
  init(source: String, target: String, path: String) {
    (self.source, self.target, self.path) = (source, target, path)
  }

  /// Chooses texts of an entry.
  ///
  /// - Parameters:
  ///   - codes: the languages of an entry's texts.
  ///   - declared: the source language that the entry or the file declares; empty or `*all*` if none.
  /// - Returns: the index of the source text, and those of its translations; nil if there is no source text.
  /// - Throws: ``FileError`` if it is not clear which language is meant.
  mutating func choose(_ codes: [String], declared: String) throws(FileError) -> (
    source: Int, targets: [Int]
  )? {
    if seen.count < 1000 { seen.formUnion(codes) }
    let indices = Array(codes.indices)
    guard let first = try sources(codes, indices, declared).first else { return nil }
    let others = indices.filter { $0 != first }
    if !target.isEmpty { return (first, others.bestMatches(target) { codes[$0] }) }
    let candidates = others.filter { LanguageMatch(codes[first], codes[$0]) != .exact }
    var names: [String] = []
    for index in candidates
    where names.count < 2 && !names.contains(where: { LanguageMatch($0, codes[index]) == .exact }) {
      names.append(codes[index])
    }
    guard let name = names.first else { return (first, []) }
    let chosen = foundTarget ?? name
    guard names.count == 1, LanguageMatch(chosen, name) != nil else {
      throw several("target", [chosen] + names)
    }
    foundTarget = chosen
    return (first, candidates)
  }

  private func sources(_ codes: [String], _ indices: [Int], _ declared: String) throws(FileError) -> [Int] {
    if !source.isEmpty { return indices.bestMatches(source) { codes[$0] } }
    if !declared.isEmpty, declared.lowercased() != "*all*" {
      return indices.bestMatches(declared) { codes[$0] }
    }
    // Every language can be the source: that which is not the target.
    if !target.isEmpty {
      let targets = indices.bestMatches(target) { codes[$0] }
      let others = indices.filter { !targets.contains($0) }
      guard Set(others.map { codes[$0].lowercased() }).count <= 1 else {
        throw several("source", others.map { codes[$0] })
      }
      return others
    }
    if declared.isEmpty { return indices }
    throw several("source", codes)
  }

  private func several(_ side: String, _ codes: [String]) -> FileError {
    .invalidFormat(
      path: path, place: "", found: "texts in \(Set(codes).union(seen).sorted().joined(separator: ", "))",
      expected: "to know which is the \(side) language", hint: "give --\(side)-language")
  }
}
