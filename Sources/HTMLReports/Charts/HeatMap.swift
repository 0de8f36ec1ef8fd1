/// Numbers from 0 to 1 of rows and columns, such as attention between words, as fields of a color.
package struct HeatMap: Chart {
  package var title: String
  package var summary: String
  /// What rows and columns are, such as "Target tokens".
  package var rowTitle, columnTitle: String
  /// What the numbers are, such as "Attention".
  package var valueTitle: String
  /// The names of rows, from top to bottom, and columns, from left to right.
  package var rows, columns: [String]
  /// Numbers from 0 to 1, row by row; shape `[rows, columns]`.
  package var values: [Float]

  /// A heat map.
  ///
  /// - Parameters:
  ///   - title: what it shows.
  ///   - summary: a sentence on what can be seen; empty if there is nothing to say.
  ///   - rowTitle: what the rows are.
  ///   - columnTitle: what the columns are.
  ///   - valueTitle: what the numbers are.
  ///   - rows: the names of the rows.
  ///   - columns: the names of the columns.
  ///   - values: numbers from 0 to 1, row by row.
  /// - Precondition: there is a value for each row and column.
  package init(
    _ title: String, summary: String = "", rowTitle: String, columnTitle: String, valueTitle: String,
    rows: [String], columns: [String], values: [Float]
  ) {
    precondition(
      values.count == rows.count * columns.count,
      "HeatMap '\(title)': \(values.count) values, \(rows.count) rows and \(columns.count) columns")
    (self.title, self.summary) = (title, summary)
    (self.rowTitle, self.columnTitle, self.valueTitle) = (rowTitle, columnTitle, valueTitle)
    (self.rows, self.columns, self.values) = (rows, columns, values)
  }

  package var picture: HTML {
    let field = 22.0
    let names = (
      rows: rows.map { shortened($0, toWidth: 110) }, columns: columns.map { shortened($0, toWidth: 110) }
    )
    let left = (names.rows.map(estimatedWidth).max() ?? 0) + 38
    let top = (names.columns.map(estimatedWidth).max() ?? 0) * 0.8 + 52
    let (right, bottom) = (left + field * Double(columns.count), top + field * Double(rows.count))
    let width = max(right + (names.columns.last.map(estimatedWidth) ?? 0) * 0.75 + 12, 320)
    var parts = [
      SVG.text(columnTitle, (left + right) / 2, 18, .middle, class: "axis-title"),
      SVG.text(rowTitle, 15, (top + bottom) / 2, .middle, class: "axis-title", turn: -90),
      SVG.rectangle("field-area", x: left, y: top, width: right - left, height: bottom - top),
    ]
    for (column, name) in names.columns.enumerated() {
      parts.append(SVG.text(name, left + field * (Double(column) + 0.6), top - 7, turn: -50))
    }
    for (row, name) in names.rows.enumerated() {
      let y = top + field * Double(row)
      parts.append(SVG.text(name, left - 7, y + 15.5, .end))
      for column in columns.indices {
        let value = values[row * columns.count + column]
        let hint = "\(rows[row]) – \(columns[column]): \(compactNumber(Double(value)))"
        parts.append(
          SVG.rectangle(
            "field", x: left + field * Double(column), y: y, width: field, height: field,
            opacity: Double(value.isFinite ? max(0, min(1, value)) : 0), hint: hint))
      }
    }
    parts += Self.scale(valueTitle, x: 24, y: bottom + 16)
    return SVG.picture(width: width, height: bottom + 58, name: spokenName, isWide: true, parts)
  }

  package var table: DataTable {
    DataTable(
      "\(title): \(valueTitle)",
      columns: [.text("\(rowTitle) \\ \(columnTitle)")] + columns.map { .number($0) },
      rows: rows.indices.map { row in
        [.text(rows[row])]
          + columns.indices.map { column in
            let value = Double(values[row * columns.count + column])
            return .number(value, value.isFinite ? fixedNumber(value, 2) : "–")
          }
      }, isSortable: false)
  }

  /// What the colors stand for.
  private static func scale(_ title: String, x: Double, y: Double) -> [HTML] {
    let steps = 10
    return (0...steps).map { step in
      SVG.rectangle(
        "field", x: x + 20 * Double(step), y: y, width: 20, height: 14, opacity: Double(step) / Double(steps))
    } + [
      SVG.rectangle("field-area", x: x, y: y, width: 220, height: 14),
      SVG.text("0", x, y + 30), SVG.text("1", x + 220, y + 30, .end),
      SVG.text(title, x + 110, y + 30, .middle),
    ]
  }
}
