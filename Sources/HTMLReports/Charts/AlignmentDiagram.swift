/// Two rows of words with lines between those that belong together.
package struct AlignmentDiagram: Chart {
  /// A link between two words.
  package struct Link: Sendable {
    /// The places of the words in their rows, from 0.
    package var source, target: Int
    /// How strong the link is, from 0 to 1.
    package var strength: Double

    /// A link.
    package init(source: Int, target: Int, strength: Double = 1) {
      (self.source, self.target, self.strength) = (source, target, strength)
    }
  }

  package var title: String
  package var summary: String
  /// What the rows are, such as "Source" and "Translation".
  package var sourceTitle, targetTitle: String
  /// The words of both rows.
  package var source, target: [String]
  /// The links.
  package var links: [Link]

  /// A diagram.
  ///
  /// - Parameters:
  ///   - title: what it shows.
  ///   - summary: a sentence on what can be seen; empty if there is nothing to say.
  ///   - sourceTitle: what the upper row is.
  ///   - targetTitle: what the lower row is.
  ///   - source: the words of the upper row.
  ///   - target: the words of the lower row.
  ///   - links: links between them.
  /// - Precondition: links are between words of the rows.
  package init(
    _ title: String, summary: String = "", sourceTitle: String = "Source",
    targetTitle: String = "Translation",
    source: [String], target: [String], links: [Link]
  ) {
    precondition(
      links.allSatisfy { source.indices.contains($0.source) && target.indices.contains($0.target) },
      "AlignmentDiagram '\(title)': a link to a word that does not exist")
    (self.title, self.summary, self.sourceTitle, self.targetTitle) = (
      title, summary, sourceTitle, targetTitle
    )
    (self.source, self.target, self.links) = (source, target, links)
  }

  package var picture: HTML {
    let left = max(estimatedWidth(sourceTitle), estimatedWidth(targetTitle)) + 28
    let (upper, lower) = (Row(source, from: left), Row(target, from: left))
    let lines = links.map { link in
      let strength = link.strength.isFinite ? max(0, min(1, link.strength)) : 0
      let hint = "\(source[link.source]) – \(target[link.target]): \(compactNumber(link.strength))"
      return HTML.element(
        "line",
        [
          "class": "link", "x1": SVG.place(upper.middles[link.source]), "y1": "38",
          "x2": SVG.place(lower.middles[link.target]), "y2": "112",
          "stroke-opacity": SVG.place(0.25 + 0.75 * strength), "stroke-width": SVG.place(1 + 2.5 * strength),
        ], .element("title", [:], .text(hint)))
    }
    let words = [(sourceTitle, upper, 28.0), (targetTitle, lower, 130.0)].flatMap { title, row, y in
      [SVG.text(title, 8, y, class: "axis-title")]
        + zip(row.names, row.middles).map { SVG.text($0, $1, y, .middle, class: "word") }
    }
    let width = max(upper.end, lower.end, 320)
    return SVG.picture(width: width, height: 146, name: spokenName, isWide: true, lines + words)
  }

  package var table: DataTable {
    DataTable(
      title, columns: [.text(sourceTitle), .text(targetTitle), .number("Strength")],
      rows: links.map { link in
        [
          .text(source[link.source]), .text(target[link.target]),
          .number(link.strength, compactNumber(link.strength)),
        ]
      })
  }

  /// Where the words of a row stand.
  private struct Row {
    var names: [String] = []
    var middles: [Double] = []
    var end: Double

    init(_ words: [String], from left: Double) {
      end = left
      for word in words {
        let name = shortened(word, toWidth: 160)
        let width = max(estimatedWidth(name), 12)
        names.append(name)
        middles.append(end + width / 2)
        end += width + 14
      }
    }
  }
}
