import SQLite
import Terminology

/// A glossary that a client has made: a name and dictionaries.
struct StoredGlossary: Equatable {
  /// Terms of one language with their translations into another.
  struct Dictionary: Equatable {
    var source: String
    var target: String
    /// The number of terms.
    var count: Int
  }

  var id: String
  var name: String
  var created: String
  var dictionaries: [Dictionary]
}

/// The terms of a dictionary, as a client gives them.
struct DictionaryEntries: Equatable {
  var source: String
  var target: String
  var entries: [GlossaryEntry]
}

extension ServerStore {
  /// The most glossaries of an owner, so that a client cannot fill the disk.
  static let mostGlossaries = 1000
  /// The most terms of a dictionary.
  static let mostEntries = 100_000

  /// Keeps a glossary.
  ///
  /// - Parameters:
  ///   - name: its name, which need not be unique.
  ///   - owner: the id of the key that may use it; "" for clients without one.
  ///   - dictionaries: its terms.
  /// - Returns: the glossary; nil if the owner has too many.
  /// - Throws: `DatabaseError`; then nothing is kept.
  func addGlossary(_ name: String, owner: String, _ dictionaries: [DictionaryEntries]) throws
    -> StoredGlossary?
  {
    let id = RandomText.uuid()
    defer { glossaryCache.removeAll() }
    let isAdded = try database.transaction { run in
      let count = try run("SELECT count(*) FROM glossaries WHERE owner = ?", [.text(owner)]).first?.first?
        .integer
      if (count ?? 0) >= Self.mostGlossaries { return false }
      _ = try run(
        "INSERT INTO glossaries (id, owner, name, created) VALUES (?, ?, ?, ?)",
        [.text(id), .text(owner), .text(name), .text(Timestamp.now)])
      for dictionary in dictionaries { try Self.write(dictionary, into: id, keepsOthers: false, run) }
      return true
    }
    return isAdded ? try glossary(id, owner: owner) : nil
  }

  /// The glossaries of an owner, oldest first.
  func glossaries(owner: String) throws(DatabaseError) -> [StoredGlossary] {
    try glossaries("WHERE g.owner = ?", [.text(owner)])
  }

  /// A glossary; nil if the owner has none of that id.
  func glossary(_ id: String, owner: String) throws(DatabaseError) -> StoredGlossary? {
    try glossaries("WHERE g.owner = ? AND g.id = ?", [.text(owner), .text(id)]).first
  }

  private func glossaries(_ condition: String, _ values: [DatabaseValue]) throws(DatabaseError)
    -> [StoredGlossary]
  {
    let rows = try database.run(
      """
      SELECT g.id, g.name, g.created, d.source, d.target,
        (SELECT count(*) FROM entries e WHERE e.dictionary = d.id)
      FROM glossaries g LEFT JOIN dictionaries d ON d.glossary = g.id \(condition) ORDER BY g.rowid, d.id
      """, values)
    var found: [StoredGlossary] = []
    for row in rows {
      let texts = row.map { $0.text ?? "" }
      if found.last?.id != texts[0] {
        found.append(StoredGlossary(id: texts[0], name: texts[1], created: texts[2], dictionaries: []))
      }
      guard row[3] != .null else { continue }
      found[found.count - 1].dictionaries.append(
        .init(source: texts[3], target: texts[4], count: row[5].integer ?? 0))
    }
    return found
  }

  /// The terms of a dictionary by the alphabet; nil if there is none.
  func entries(of id: String, owner: String, from source: String, to target: String) throws(DatabaseError)
    -> [GlossaryEntry]?
  {
    let rows = try database.run(
      """
      SELECT e.term, e.translation FROM glossaries g JOIN dictionaries d ON d.glossary = g.id
      LEFT JOIN entries e ON e.dictionary = d.id
      WHERE g.id = ? AND g.owner = ? AND d.source = ? AND d.target = ? ORDER BY e.term
      """, [.text(id), .text(owner), .text(source), .text(target)])
    if rows.isEmpty { return nil }
    return rows.compactMap { row in
      row[0].text.map { GlossaryEntry(term: $0, translation: row[1].text ?? "") }
    }
  }

  /// The terms of a dictionary, for translating; nil if there is none.
  func terms(of id: String, owner: String, from source: String, to target: String) throws(DatabaseError)
    -> Glossary?
  {
    let key = GlossaryCache.Key(id: id, owner: owner, source: source, target: target)
    if let known = glossaryCache[key] { return known }
    let changes = glossaryCache.changes
    guard let read = try entries(of: id, owner: owner, from: source, to: target)?.glossary else { return nil }
    glossaryCache.add(read, key, ifUnchangedSince: changes)
    return read
  }

  /// Changes a glossary.
  ///
  /// - Parameters:
  ///   - id: its id.
  ///   - owner: its owner.
  ///   - name: another name; nil to keep it.
  ///   - dictionaries: terms to add or to translate otherwise.
  ///   - keepsOthers: whether the other terms of these dictionaries stay.
  /// - Returns: the glossary; nil if there is none.
  /// - Throws: `DatabaseError`; then it stays as it was.
  func changeGlossary(
    _ id: String, owner: String, name: String? = nil, _ dictionaries: [DictionaryEntries] = [],
    keepsOthers: Bool = true
  ) throws -> StoredGlossary? {
    guard try glossary(id, owner: owner) != nil else { return nil }
    defer { glossaryCache.removeAll() }
    try database.transaction { run in
      if let name { _ = try run("UPDATE glossaries SET name = ? WHERE id = ?", [.text(name), .text(id)]) }
      for dictionary in dictionaries { try Self.write(dictionary, into: id, keepsOthers: keepsOthers, run) }
    }
    return try glossary(id, owner: owner)
  }

  /// Deletes a glossary with its terms.
  ///
  /// - Returns: whether there was one.
  func deleteGlossary(_ id: String, owner: String) throws(DatabaseError) -> Bool {
    defer { glossaryCache.removeAll() }
    return try !database.run(
      "DELETE FROM glossaries WHERE id = ? AND owner = ? RETURNING id", [.text(id), .text(owner)]
    ).isEmpty
  }

  /// Deletes a dictionary of a glossary.
  ///
  /// - Returns: whether there was one.
  func deleteDictionary(of id: String, owner: String, from source: String, to target: String)
    throws(DatabaseError)
    -> Bool
  {
    defer { glossaryCache.removeAll() }
    return try !database.run(
      """
      DELETE FROM dictionaries WHERE source = ? AND target = ?
        AND glossary IN (SELECT id FROM glossaries WHERE id = ? AND owner = ?) RETURNING id
      """, [.text(source), .text(target), .text(id), .text(owner)]
    ).isEmpty
  }

  private static func write(
    _ dictionary: DictionaryEntries, into id: String, keepsOthers: Bool,
    _ run: (String, [DatabaseValue]) throws -> [[DatabaseValue]]
  ) throws {
    let place: [DatabaseValue] = [.text(id), .text(dictionary.source), .text(dictionary.target)]
    _ = try run("INSERT OR IGNORE INTO dictionaries (glossary, source, target) VALUES (?, ?, ?)", place)
    let found = try run("SELECT id FROM dictionaries WHERE glossary = ? AND source = ? AND target = ?", place)
    guard let number = found.first?.first else { return }
    if !keepsOthers { _ = try run("DELETE FROM entries WHERE dictionary = ?", [number]) }
    for entry in dictionary.entries {
      _ = try run(
        "INSERT OR REPLACE INTO entries (dictionary, term, translation) VALUES (?, ?, ?)",
        [number, .text(entry.term), .text(entry.translation)])
    }
  }
}
