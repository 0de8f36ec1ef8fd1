/// A part of a page under a heading.
package struct PageSection: Sendable {
  /// The heading.
  package var title: String
  /// What stands under it, in order.
  package var contents: [HTML]
  /// Parts of the part, with smaller headings.
  package var subsections: [PageSection]

  /// A part of a page.
  ///
  /// - Parameters:
  ///   - title: the heading.
  ///   - contents: what stands under it, in order.
  ///   - subsections: parts with smaller headings, after the contents.
  package init(_ title: String, _ contents: [HTML] = [], subsections: [PageSection] = []) {
    (self.title, self.contents, self.subsections) = (title, contents, subsections)
  }
}

/// Sections with ids that are unique in a page, and the list of links to them.
struct PlacedSections {
  private(set) var sections: [HTML] = []
  private var links: [HTML] = []
  private var ids: Set<String> = ["contents"]

  init(_ sections: [PageSection]) {
    for section in sections {
      var subsections: [HTML] = []
      var sublinks: [HTML] = []
      let id = makeID(section.title)
      for part in section.subsections {
        let id = makeID(part.title)
        sublinks.append(.element("li", [:], .link(to: id, .text(part.title))))
        subsections.append(
          Self.markup(part, id: id, heading: .element("h3", ["id": id], .text(part.title)), []))
      }
      let sublist = sublinks.isEmpty ? HTML.empty : .element("ul", [:], sublinks)
      links.append(.element("li", [:], .link(to: id, .text(section.title)), sublist))
      let heading = HTML.element("h2", ["id": id], .text(section.title))
      self.sections.append(Self.markup(section, id: id, heading: heading, subsections))
    }
  }

  /// The list of links.
  var contents: HTML {
    links.isEmpty
      ? .empty
      : .element(
        "nav", ["aria-labelledby": "contents-title"],
        .element("h2", ["id": "contents-title"], "Contents"), .element("ul", [:], links))
  }

  private static func markup(_ section: PageSection, id: String, heading: HTML, _ subsections: [HTML]) -> HTML
  {
    // Only whole sections are landmarks.
    .element("section", ["aria-labelledby": id], [heading] + section.contents + subsections) + "\n"
  }

  /// An id made of the letters and digits of a title.
  private mutating func makeID(_ title: String) -> String {
    var id = ""
    for byte in title.lowercased().utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        id.unicodeScalars.append(Unicode.Scalar(byte))
      default: if !id.isEmpty, id.last != "-" { id += "-" }
      }
    }
    id = "section-" + (id.last == "-" ? String(id.dropLast()) : id)
    var (unique, number) = (id, 2)
    while !ids.insert(unique).inserted {
      unique = "\(id)-\(number)"
      number += 1
    }
    return unique
  }
}
