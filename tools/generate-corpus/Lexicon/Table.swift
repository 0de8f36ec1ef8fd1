/// Reads the lexicon's tables: one entry a line, columns separated by two or more spaces, `-` is empty,
/// lines that begin with `#` are comments.
enum Table {
  static func rows(_ text: String, columns: Int) -> [[String]] {
    text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let cells = split(line)
      precondition(
        cells.count <= columns && cells.count >= 2,
        "lexicon: '\(line)' has \(cells.count) columns, expected 2 to \(columns); separate them by two spaces"
      )
      return cells + Array(repeating: "", count: columns - cells.count)
    }
  }

  private static func split(_ line: Substring) -> [String] {
    var cells: [String] = []
    var cell = ""
    var spaces = 0
    for character in line {
      if character == " " {
        spaces += 1
        continue
      }
      if spaces > 1, !cell.isEmpty {
        cells.append(cell)
        cell = ""
      } else if spaces == 1, !cell.isEmpty {
        cell.append(" ")
      }
      spaces = 0
      cell.append(character)
    }
    if !cell.isEmpty { cells.append(cell) }
    return cells.map { $0 == "-" ? "" : $0 }
  }
}

extension String {
  /// The words between single spaces.
  var words: [String] { split(separator: " ").map(String.init) }
}
