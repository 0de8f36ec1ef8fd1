import Glibc
import Machine

/// A database in a file or in memory, for any number of threads.
///
/// Every change is on the disk when the call returns, and a program that is killed loses none: SQLite's write-ahead log with
/// `synchronous = FULL`.
public final class Database: Sendable {
  /// The path of the file; "" in memory.
  public let path: String
  private let connection: Monitor<DatabaseConnection>

  /// Opens a database, or makes it.
  ///
  /// - Parameters:
  ///   - path: the file, which only its owner may read; "" for a database in memory.
  ///   - application: a number that says whose file it is.
  ///   - migrations: the statements that lead from each version of the tables to the next, the first from an empty file.
  /// - Throws: ``DatabaseError`` if the file cannot be opened, belongs to another program or is newer than `migrations`.
  public init(path: String, application: Int32, migrations: [[String]]) throws(DatabaseError) {
    self.path = path
    if !path.isEmpty { makePrivate(path) }
    let connection = try DatabaseConnection(path: path)
    self.connection = Monitor(connection)
    _ = try connection.run("PRAGMA foreign_keys = ON", [])
    try migrate(connection, application, migrations)
    if !path.isEmpty {
      _ = try connection.run("PRAGMA journal_mode = WAL", [])
      _ = try connection.run("PRAGMA synchronous = FULL", [])
    }
  }

  /// Runs a statement.
  ///
  /// - Parameters:
  ///   - sql: one statement, with a `?` for each value.
  ///   - values: the values.
  /// - Returns: the rows that it finds.
  /// - Throws: ``DatabaseError``.
  @discardableResult
  public func run(_ sql: String, _ values: [DatabaseValue] = []) throws(DatabaseError) -> [[DatabaseValue]] {
    try connection.withLock { connection throws(DatabaseError) in try connection.run(sql, values) }
  }

  /// Runs statements that happen all or not at all.
  ///
  /// - Parameter body: gets a function like ``run(_:_:)``; if it throws, nothing happens.
  /// - Returns: what `body` does.
  /// - Throws: what `body` does, or ``DatabaseError``.
  public func transaction<Result>(
    _ body: ((String, [DatabaseValue]) throws -> [[DatabaseValue]]) throws -> Result
  ) throws -> Result {
    try connection.withLock { connection in
      _ = try connection.run("BEGIN IMMEDIATE", [])
      do {
        let result = try body { try connection.run($0, $1) }
        _ = try connection.run("COMMIT", [])
        return result
      } catch {
        _ = try? connection.run("ROLLBACK", [])
        throw error
      }
    }
  }

  // MARK: - Versions

  private func migrate(
    _ connection: DatabaseConnection, _ application: Int32, _ migrations: [[String]]
  ) throws(DatabaseError) {
    func number(_ sql: String) throws(DatabaseError) -> Int {
      try connection.run(sql, []).first?.first?.integer ?? 0
    }
    func refuse(_ problem: String) -> DatabaseError {
      DatabaseError(path: path, kind: .foreign, problem: problem)
    }
    _ = try connection.run("BEGIN IMMEDIATE", [])
    do throws(DatabaseError) {
      let version = try number("PRAGMA user_version")
      let owner = try number("PRAGMA application_id")
      let tables = try number("SELECT count(*) FROM sqlite_schema")
      guard owner == Int(application) || (owner == 0 && tables == 0) else {
        throw refuse("the file is a database of another program")
      }
      guard 0...migrations.count ~= version else {
        throw refuse("the file was made by a newer version of this program")
      }
      for statement in migrations[version...].joined() { _ = try connection.run(statement, []) }
      _ = try connection.run("PRAGMA application_id = \(application)", [])
      _ = try connection.run("PRAGMA user_version = \(migrations.count)", [])
      _ = try connection.run("COMMIT", [])
    } catch {
      _ = try? connection.run("ROLLBACK", [])
      throw error
    }
  }
}

/// Makes a file that only its owner may read, if there is none; SQLite gives its other files the same permissions.
private func makePrivate(_ path: String) {
  let file = unsafe open(path, O_CREAT | O_CLOEXEC | O_RDWR, 0o600)
  if file >= 0 { close(file) }
}
