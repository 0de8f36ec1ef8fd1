package import Files

/// `scalars.csv`: the numbers of an event file as a table that every program reads.
///
/// Columns are update, seconds of training, tag and value. Lines end in CR LF, as RFC 4180 asks.
package final class ScalarTable {
  private let file: AppendedFile

  private static let header = "update,seconds,tag,value\r\n"

  /// Opens the table.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - update: keeps the rows up to this update, since a resumed training repeats the later ones; nil to start with
  ///     an empty table.
  /// - Throws: `FileError` if the file cannot be read or written, or is another table.
  package init(path: String, keepingUpTo update: Int?) throws(FileError) {
    var kept = Array(Self.header.utf8)
    if fileExists(path) {
      let contents = try readFile(path: path)
      guard contents.isEmpty || contents.starts(with: kept) else {
        throw .invalidFormat(
          path: path, place: "line 1", found: "another table", expected: Self.header.filter { !$0.isNewline },
          hint: "move the file away, or name another folder")
      }
      if let update { kept += Self.rows(contents.dropFirst(kept.count), upTo: update) }
    }
    try writeFileAtomically(path: path, contents: kept)
    file = try AppendedFile(path: path)
  }

  /// The whole rows of updates up to this one.
  private static func rows(_ contents: ArraySlice<UInt8>, upTo update: Int) -> [UInt8] {
    contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
      .filter { row in
        let number = row.prefix { $0 != UInt8(ascii: ",") }
        return row.last == UInt8(ascii: "\r")
          && Int(String(decoding: number, as: UTF8.self)).map { $0 <= update } ?? false
      }.flatMap { $0 + [UInt8(ascii: "\n")] }
  }

  /// Adds a row for each number, all or none.
  ///
  /// - Parameters:
  ///   - values: of which only numbers get rows.
  ///   - update: the update that they are of.
  ///   - seconds: of training so far.
  /// - Throws: `FileError` if the file cannot be written.
  package func append(_ values: [SummaryValue], update: Int, seconds: Double) throws(FileError) {
    let rows = values.compactMap { value in
      if case .scalar(let number) = value.content {
        "\(update),\(seconds),\(quoted(value.tag)),\(number)\r\n"
      } else {
        nil
      }
    }
    if !rows.isEmpty { try file.append(Array(rows.joined().utf8)) }
  }
}

/// A field, in quotation marks if it needs them.
private func quoted(_ field: String) -> String {
  guard field.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return field }
  return "\"\(field.replacing("\"", with: "\"\""))\""
}
