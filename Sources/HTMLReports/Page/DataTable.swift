/// A table with a caption and named columns; the first column names the rows.
///
/// On a narrow screen it scrolls by itself. With scripts, a reader can sort it by any column.
package struct DataTable: Sendable {
  /// A column.
  package struct Column: Sendable, ExpressibleByStringLiteral {
    /// The column's name.
    package var title: String
    /// The unit of its numbers, shown in parentheses; nil if there is none.
    package var unit: String?
    /// Whether it holds numbers, which stand at the right.
    package var isNumeric: Bool

    /// A column of numbers.
    package static func number(_ title: String, unit: String? = nil) -> Column {
      Column(title: title, unit: unit, isNumeric: true)
    }

    /// A column of text.
    package static func text(_ title: String) -> Column { Column(title: title, unit: nil, isNumeric: false) }

    /// A column of text.
    package init(stringLiteral title: String) { self = .text(title) }

    private init(title: String, unit: String?, isNumeric: Bool) {
      (self.title, self.unit, self.isNumeric) = (title, unit, isNumeric)
    }
  }

  /// What is in a cell.
  package struct Cell: Sendable, ExpressibleByStringInterpolation {
    let contents: HTML
    let sortKey: String?

    /// A text.
    package static func text(_ text: String) -> Cell { Cell(contents: .text(text), sortKey: nil) }

    /// A number.
    ///
    /// - Parameters:
    ///   - number: sorted by this.
    ///   - shown: how it is shown; nil: with three digits.
    /// - Returns: the cell.
    package static func number(_ number: Double, _ shown: String? = nil) -> Cell {
      Cell(contents: .text(shown ?? compactNumber(number)), sortKey: number.isFinite ? "\(number)" : nil)
    }

    /// Any contents.
    ///
    /// - Parameters:
    ///   - contents: what is shown.
    ///   - number: sorted by this; nil: by its text.
    /// - Returns: the cell.
    package static func html(_ contents: HTML, sortedBy number: Double? = nil) -> Cell {
      Cell(contents: contents, sortKey: number.map { "\($0)" })
    }

    /// Nothing is known: a dash.
    package static let missing = Cell(contents: "–", sortKey: nil)

    /// A text.
    package init(stringLiteral text: String) { self = .text(text) }

    private init(contents: HTML, sortKey: String?) { (self.contents, self.sortKey) = (contents, sortKey) }
  }

  /// What the table shows.
  package var caption: String
  /// The columns; the first has the names of the rows.
  package var columns: [Column]
  /// The rows, each with a cell for each column.
  package var rows: [[Cell]]
  /// Whether a reader may want to sort it.
  package var isSortable: Bool

  /// A table.
  ///
  /// - Parameters:
  ///   - caption: what the table shows.
  ///   - columns: the columns; the first has the names of the rows.
  ///   - rows: a cell for each column.
  ///   - isSortable: whether a reader may want to sort it.
  /// - Precondition: every row has a cell for each column.
  package init(_ caption: String, columns: [Column], rows: [[Cell]], isSortable: Bool = true) {
    precondition(
      rows.allSatisfy { $0.count == columns.count },
      "DataTable '\(caption)': a row does not have \(columns.count) cells")
    (self.caption, self.columns, self.rows, self.isSortable) = (caption, columns, rows, isSortable)
  }

  /// The table as a piece of a page.
  package var html: HTML {
    let head = HTML.element("thead", [:], .element("tr", [:], columns.map(Self.header)))
    let body = HTML.element("tbody", [:], rows.map(row))
    let table = HTML.element(
      "table", ["class": isSortable && rows.count > 1 ? "sortable" : nil],
      .element("caption", [:], .text(caption)), head, body)
    return scrollable(caption, table)
  }

  private static func header(_ column: Column) -> HTML {
    let title = column.title + (column.unit.map { " (\($0))" } ?? "")
    return .element("th", ["scope": "col", "class": column.isNumeric ? "number" : nil], .text(title))
  }

  private func row(_ cells: [Cell]) -> HTML {
    .element(
      "tr", [:],
      cells.enumerated().map { index, cell in
        let kind = columns[index].isNumeric ? "number" : nil
        return index == 0
          ? .element("th", ["scope": "row", "class": kind, "data-key": cell.sortKey], cell.contents)
          : .element("td", ["class": kind, "data-key": cell.sortKey], cell.contents)
      })
  }
}

/// Something that scrolls sideways if the screen is too narrow, also by keyboard.
func scrollable(_ name: String, _ contents: HTML) -> HTML {
  .element("div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": name], contents)
}
