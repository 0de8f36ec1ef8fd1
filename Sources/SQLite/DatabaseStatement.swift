import CSQLite

/// A prepared statement of a connection.
@safe final class DatabaseStatement {
  private let statement: OpaquePointer

  /// Takes over a statement, which is finalized in the end.
  init(_ statement: OpaquePointer) { unsafe self.statement = statement }

  deinit { unsafe sqlite3_finalize(statement) }

  /// Runs it to the next row.
  ///
  /// - Returns: a status of SQLite.
  func step() -> Int32 { unsafe sqlite3_step(statement) }

  /// Makes it ready to run again, without values.
  func reset() {
    unsafe sqlite3_reset(statement)
    unsafe sqlite3_clear_bindings(statement)
  }

  /// Puts a value in place of a `?`.
  ///
  /// - Parameters:
  ///   - value: the value, which is copied.
  ///   - place: which `?`, from 0.
  /// - Returns: a status of SQLite.
  func bind(_ value: DatabaseValue, at place: Int) -> Int32 {
    // SQLITE_TRANSIENT, a cast that Swift does not import.
    let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let index = Int32(place + 1)
    switch value {
    case .null: return unsafe sqlite3_bind_null(statement, index)
    case .integer(let number): return unsafe sqlite3_bind_int64(statement, index, Int64(number))
    case .text(let text):
      // With its terminating zero, the address of empty text is not null, which would mean no value.
      return unsafe sqlite3_bind_text64(
        statement, index, text, UInt64(text.utf8.count), copies, UInt8(SQLITE_UTF8))
    case .bytes(let bytes) where bytes.isEmpty: return unsafe sqlite3_bind_zeroblob(statement, index, 0)
    case .bytes(let bytes):
      return unsafe bytes.withUnsafeBytes { buffer in
        unsafe sqlite3_bind_blob64(statement, index, buffer.baseAddress, UInt64(buffer.count), copies)
      }
    }
  }

  /// The values of the current row.
  var row: [DatabaseValue] {
    let count = unsafe sqlite3_column_count(statement)
    return (0..<count).map { value($0) }
  }

  private func value(_ column: Int32) -> DatabaseValue {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .integer(Int(unsafe sqlite3_column_int64(statement, column)))
    case SQLITE_NULL: .null
    case SQLITE_BLOB: .bytes(unsafe bytes(sqlite3_column_blob(statement, column), column))
    default:
      .text(String(decoding: unsafe bytes(sqlite3_column_text(statement, column), column), as: UTF8.self))
    }
  }

  private func bytes(_ start: UnsafeRawPointer?, _ column: Int32) -> [UInt8] {
    unsafe Array(
      UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
  }
}
