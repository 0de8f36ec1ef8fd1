/// Lines of a table: the first column is aligned to the left, the others to the right.
struct Table {
  private var rows: [[String]]

  /// A table with a line of headings.
  init(_ headings: [String]) { rows = [headings] }

  /// Adds a row; the headings of empty strings separate rows by a blank line.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The lines, indented by two spaces.
  var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { index, cell in
        let space = String(repeating: " ", count: widths[index] - cell.count)
        return index == 0 ? cell + space : space + cell
      }
      var line = "  " + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
