import Glibc
import Machine
public import SQLite

/// What a server keeps: glossaries, API keys, the characters that they used, and suggestions.
public final class ServerStore: Sendable {
  let database: Database
  /// Glossaries that translations used, until any glossary changes.
  let glossaryCache = GlossaryCache()
  /// Whether it is lost when the server ends.
  public var isTemporary: Bool { database.path.isEmpty }

  /// Opens a store, or makes it.
  ///
  /// - Parameter path: the file; nil to keep everything in memory.
  /// - Throws: `DatabaseError` if the file cannot be used.
  public init(path: String? = nil) throws(DatabaseError) {
    database = try Database(path: path ?? "", application: Self.application, migrations: Self.migrations)
  }

  /// "TrnS", which `file` and other programs can tell apart from other databases.
  private static let application: Int32 = 0x5472_6e53

  /// The statements of each version of the tables.
  ///
  /// Published ones never change: add another list.
  private static let migrations = [
    [
      """
      CREATE TABLE glossaries (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL
      ) STRICT
      """,
      """
      CREATE TABLE dictionaries (
        id INTEGER PRIMARY KEY, glossary TEXT NOT NULL REFERENCES glossaries ON DELETE CASCADE,
        source TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (glossary, source, target)
      ) STRICT
      """,
      """
      CREATE TABLE entries (
        dictionary INTEGER NOT NULL REFERENCES dictionaries ON DELETE CASCADE,
        term TEXT NOT NULL, translation TEXT NOT NULL, PRIMARY KEY (dictionary, term)
      ) STRICT
      """,
      """
      CREATE TABLE keys (
        id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, digest BLOB NOT NULL, created TEXT NOT NULL,
        requests_per_minute INTEGER, characters_per_month INTEGER
      ) STRICT
      """,
      """
      CREATE TABLE usage (
        key TEXT NOT NULL, month TEXT NOT NULL, characters INTEGER NOT NULL, PRIMARY KEY (key, month)
      ) STRICT
      """,
      """
      CREATE TABLE suggestions (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, text TEXT NOT NULL,
        translation TEXT NOT NULL, created TEXT NOT NULL
      ) STRICT
      """,
    ]
  ]

  /// Keeps a better translation that a client suggests.
  ///
  /// - Throws: `DatabaseError`.
  func addSuggestion(_ text: String, _ translation: String, from source: String, to target: String)
    throws(DatabaseError)
  {
    try database.run(
      "INSERT INTO suggestions (source, target, text, translation, created) VALUES (?, ?, ?, ?, ?)",
      [.text(source), .text(target), .text(text), .text(translation), .text(Timestamp.now)])
  }
}

/// Points in time as databases and clients have them.
enum Timestamp {
  /// The current time in UTC, such as `2026-01-31T23:59:59.123456Z`; clients of DeepL expect the fraction.
  static var now: String {
    let (text, microseconds) = formatted("%Y-%m-%dT%H:%M:%S")
    return text + "." + String(String(1_000_000 + microseconds).dropFirst()) + "Z"
  }

  /// The current month in UTC, such as `2026-01`.
  static var month: String { formatted("%Y-%m").text }

  private static func formatted(_ format: String) -> (text: String, microseconds: Int) {
    var (time, parts) = unsafe (timespec(), tm())
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    unsafe gmtime_r(&time.tv_sec, &parts)
    var text = [CChar](repeating: 0, count: 40)
    let count = unsafe strftime(&text, text.count, format, &parts)
    return (
      String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self), time.tv_nsec / 1000
    )
  }
}
