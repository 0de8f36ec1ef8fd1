import CSQLite

/// An open database.
///
/// Only one thread at a time may use it: see ``Database``.
///
/// - Safety: `@unchecked Sendable`: it is only reached under the lock of its ``Database``, and closed when nothing refers to it.
@safe final class DatabaseConnection: @unchecked Sendable {
  private let handle: OpaquePointer
  private let path: String
  /// Prepared statements by their text, which are few.
  private var statements: [String: DatabaseStatement] = [:]

  init(path: String) throws(DatabaseError) {
    self.path = path
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let status = unsafe sqlite3_open_v2(path.isEmpty ? ":memory:" : path, &handle, flags, nil)
    guard let opened = unsafe handle else {
      throw DatabaseError(path: path, kind: .other, problem: "no memory for a database")
    }
    guard status == SQLITE_OK else {
      let problem = unsafe String(cString: sqlite3_errmsg(opened))
      unsafe sqlite3_close_v2(opened)
      throw DatabaseError(path: path, kind: .init(status), problem: problem)
    }
    unsafe self.handle = opened
    // A tool that changes keys beside the server writes for milliseconds.
    unsafe sqlite3_busy_timeout(opened, 5000)
  }

  // SQLite closes it after the last statement.
  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs a statement.
  ///
  /// - Parameters:
  ///   - sql: one statement, with a `?` for each value.
  ///   - values: the values.
  /// - Returns: the rows that it finds.
  /// - Throws: ``DatabaseError``.
  func run(_ sql: String, _ values: [DatabaseValue]) throws(DatabaseError) -> [[DatabaseValue]] {
    let statement = try prepared(sql)
    defer { statement.reset() }
    for (index, value) in values.enumerated() { try require(statement.bind(value, at: index)) }
    var rows: [[DatabaseValue]] = []
    while true {
      let status = statement.step()
      if status == SQLITE_DONE { return rows }
      guard status == SQLITE_ROW else { throw error(status) }
      rows.append(statement.row)
    }
  }

  private func prepared(_ sql: String) throws(DatabaseError) -> DatabaseStatement {
    if let statement = statements[sql] { return statement }
    var pointer: OpaquePointer?
    let status = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil)
    try require(status)
    guard let pointer = unsafe pointer else {
      throw DatabaseError(path: path, kind: .other, problem: "no statement in '\(sql)'")
    }
    let statement = unsafe DatabaseStatement(pointer)
    statements[sql] = statement
    return statement
  }

  private func require(_ status: Int32) throws(DatabaseError) {
    if status != SQLITE_OK { throw error(status) }
  }

  private func error(_ status: Int32) -> DatabaseError {
    DatabaseError(path: path, kind: .init(status), problem: unsafe String(cString: sqlite3_errmsg(handle)))
  }
}

extension DatabaseError.Kind {
  /// What a status of SQLite means, extended or not.
  fileprivate init(_ status: Int32) {
    switch status & 0xff {
    case SQLITE_FULL: self = .full
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damaged
    case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM: self = .unreachable
    case SQLITE_CONSTRAINT: self = .constraint
    default: self = .other
    }
  }
}
