public import SQLite

/// A key that lets a client use the server.
public struct APIKey: Sendable, Equatable {
  /// The beginning of the key, by which it is found; no secret.
  public var id: String
  /// Whose key it is.
  public var name: String
  /// When it was made, in UTC.
  public var created: String
  /// The most requests in a minute; nil for the server's own limit.
  public var requestsPerMinute: Int?
  /// The most characters in a month; nil for the server's own limit.
  public var charactersPerMonth: Int?
  /// The characters of this month.
  public var usedCharacters: Int
}

extension ServerStore {
  /// Makes a key.
  ///
  /// - Parameters:
  ///   - name: whose it is; no other key may have the name.
  ///   - requestsPerMinute: its own limit.
  ///   - charactersPerMonth: its own limit.
  /// - Returns: the key as its owner sends it. Only its digest is kept, so it cannot be shown again.
  /// - Throws: `DatabaseError`, of the kind `constraint` if there is a key of that name.
  public func addKey(
    _ name: String, requestsPerMinute: Int? = nil, charactersPerMonth: Int? = nil
  ) throws(DatabaseError) -> String {
    let id = RandomText.digits(8)
    let text = "\(id)-\(RandomText.digits(40))"
    try database.run(
      """
      INSERT INTO keys (id, name, digest, created, requests_per_minute, characters_per_month)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      [
        .text(id), .text(name), .bytes(SecretDigest(of: text).bytes), .text(Timestamp.now),
        DatabaseValue(requestsPerMinute),
        DatabaseValue(charactersPerMonth),
      ])
    return text
  }

  /// All keys, oldest first.
  ///
  /// - Throws: `DatabaseError`.
  public func keys() throws(DatabaseError) -> [APIKey] {
    try database.run(Self.selection + "ORDER BY k.rowid", [.text(Timestamp.month)]).map { APIKey($0) }
  }

  /// Removes a key; its glossaries stay in the file, but nobody can use them.
  ///
  /// - Parameter name: whose key it is.
  /// - Returns: whether there was one.
  /// - Throws: `DatabaseError`.
  public func removeKey(_ name: String) throws(DatabaseError) -> Bool {
    try !database.run("DELETE FROM keys WHERE name = ? RETURNING id", [.text(name)]).isEmpty
  }

  /// Whether there is any key.
  func hasKeys() throws(DatabaseError) -> Bool { try !database.run("SELECT 1 FROM keys LIMIT 1").isEmpty }

  /// The key that a client sent; nil if there is none like it.
  ///
  /// The part that is no secret finds the row; the digests of the whole are compared in constant time.
  func key(_ text: String) throws(DatabaseError) -> APIKey? {
    let id = String(text.prefix { $0 != "-" })
    let rows = try database.run(
      Self.selection + "WHERE k.id = ?", [.text(Timestamp.month), .text(id)])
    guard let row = rows.first, let stored = row.last?.bytes, SecretDigest(of: text).matches(stored) else {
      return nil
    }
    return APIKey(row)
  }

  /// Counts characters of this month.
  ///
  /// - Parameters:
  ///   - characters: how many.
  ///   - key: the id of the key that used them; "" for clients without one.
  /// - Throws: `DatabaseError`.
  func addUsage(_ characters: Int, key: String) throws(DatabaseError) {
    try database.run(
      """
      INSERT INTO usage (key, month, characters) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET characters = characters + excluded.characters
      """, [.text(key), .text(Timestamp.month), .integer(characters)])
  }

  /// The characters of this month of clients without a key.
  func usageWithoutKey() throws(DatabaseError) -> Int {
    try database.run(
      "SELECT characters FROM usage WHERE key = '' AND month = ?", [.text(Timestamp.month)]
    ).first?.first?.integer ?? 0
  }

  private static let selection = """
    SELECT k.id, k.name, k.created, k.requests_per_minute, k.characters_per_month, coalesce(u.characters, 0), k.digest
    FROM keys k LEFT JOIN usage u ON u.key = k.id AND u.month = ?\u{20}
    """
}

extension APIKey {
  fileprivate init(_ row: [DatabaseValue]) {
    id = row[0].text ?? ""
    name = row[1].text ?? ""
    created = row[2].text ?? ""
    requestsPerMinute = row[3].integer
    charactersPerMonth = row[4].integer
    usedCharacters = row[5].integer ?? 0
  }
}
