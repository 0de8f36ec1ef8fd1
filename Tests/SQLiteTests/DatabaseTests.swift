import Foundation
import SQLite
import Testing

@Suite struct DatabaseTests {
  private static let migrations = [
    ["CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER, bytes BLOB) STRICT"]
  ]
  private let folder = FileManager.default.temporaryDirectory.appending(path: "database-\(UUID())")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private var path: String { folder.appending(path: "test.db").path }

  private func open(
    _ path: String, application: Int32 = 1, _ migrations: [[String]] = migrations
  ) throws -> Database {
    try Database(path: path, application: application, migrations: migrations)
  }

  @Test(arguments: [
    ("a", DatabaseValue.integer(7), DatabaseValue.bytes([1, 0, 255])), ("", .null, .bytes([])),
    ("a\u{0}ß😀", .integer(.min), .null), ("'; DROP TABLE words; --", .integer(.max), .null),
  ])
  func valuesComeBack(word: String, count: DatabaseValue, bytes: DatabaseValue) throws {
    let database = try open("")
    try database.run("INSERT INTO words VALUES (?, ?, ?)", [.text(word), count, bytes])
    #expect(try database.run("SELECT * FROM words") == [[.text(word), count, bytes]])
  }

  @Test func changesSurviveAndOnlyTheOwnerReadsThem() throws {
    try open(path).run("INSERT INTO words VALUES ('a', 1, NULL)")
    #expect(try open(path).run("SELECT word FROM words") == [["a"]])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try FileManager.default.removeItem(at: folder)
  }

  @Test func transactionsHappenAllOrNotAtAll() throws {
    struct Stop: Error {}
    let database = try open("")
    #expect(throws: Stop.self) {
      try database.transaction { run in
        _ = try run("INSERT INTO words VALUES ('a', 1, NULL)", [])
        throw Stop()
      }
    }
    #expect(try database.run("SELECT * FROM words").isEmpty)
    let error = #expect(throws: DatabaseError.self) {
      try database.transaction { run in
        _ = try run("INSERT INTO words VALUES ('a', 1, NULL)", [])
        _ = try run("INSERT INTO words VALUES ('a', 2, NULL)", [])
      }
    }
    #expect(error?.kind == .constraint)
    #expect(try database.run("SELECT * FROM words").isEmpty)
  }

  @Test func newVersionsKeepWhatThereWas() throws {
    try open(path).run("INSERT INTO words VALUES ('a', 1, NULL)")
    let more = Self.migrations + [["ALTER TABLE words ADD COLUMN note TEXT"]]
    #expect(try open(path, more).run("SELECT word, note FROM words") == [["a", .null]])
    #expect(
      #expect(throws: DatabaseError.self) { try open(path) }?.kind == .foreign, "made by a newer version")
    try FileManager.default.removeItem(at: folder)
  }

  @Test func otherFilesAreRefused() throws {
    _ = try open(path)
    #expect(#expect(throws: DatabaseError.self) { try open(path, application: 2) }?.kind == .foreign)
    try Data(repeating: 65, count: 5000).write(to: URL(fileURLWithPath: path))
    #expect(#expect(throws: DatabaseError.self) { try open(path) }?.kind == .damaged)
    #expect(#expect(throws: DatabaseError.self) { try open("/no/folder/x.db") }?.kind == .unreachable)
    try FileManager.default.removeItem(at: folder)
  }

  /// A failed migration leaves nothing.
  @Test func migrationsHappenAllOrNotAtAll() throws {
    #expect(throws: DatabaseError.self) { try open(path, [Self.migrations[0] + ["CREATE NONSENSE"]]) }
    #expect(try open(path).run("SELECT count(*) FROM words") == [[0]])
    try FileManager.default.removeItem(at: folder)
  }
}
