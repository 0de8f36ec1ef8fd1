/// A picture of data, with the data as a table below it.
package protocol Chart: Sendable {
  /// What the picture shows, in a few words.
  var title: String { get }
  /// A sentence on what can be seen, for all readers; empty if there is nothing to say.
  var summary: String { get }
  /// The picture.
  var picture: HTML { get }
  /// The data of the picture.
  var table: DataTable { get }
}

extension Chart {
  /// The picture with its title, what it says and its data, as a piece of a page.
  package var figure: HTML {
    .element(
      "figure", [:],
      .element(
        "figcaption", [:], .element("strong", [:], .text(title)),
        summary.isEmpty ? .empty : .element("span", [:], .text(summary))),
      scrollable(title, picture),
      .element("details", [:], .element("summary", [:], .text("Data: \(title)")), table.html))
  }

  /// What a picture is called for those who cannot see it.
  var spokenName: String {
    summary.isEmpty
      ? "\(title). The data follow as a table." : "\(title). \(summary) The data follow as a table."
  }
}
