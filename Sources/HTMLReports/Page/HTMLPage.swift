package import Files
import Formatting

/// One file with everything in it: text, tables, pictures, style and script.
///
/// It loads nothing from elsewhere, and its security policy does not let it. Everything can be read without scripts.
package struct HTMLPage: Sendable {
  /// The heading, and the title of the window.
  package var title: String
  /// What the page is about, under the heading.
  package var introduction: [HTML]
  /// The page's contents, which a list at the beginning links to.
  package var sections: [PageSection]
  /// The language of the page's own words, as an HTML language tag.
  package var language: String

  /// A page.
  ///
  /// - Parameters:
  ///   - title: the heading, and the title of the window.
  ///   - introduction: what the page is about, under the heading.
  ///   - sections: the contents.
  ///   - language: the language of the page's own words.
  package init(title: String, introduction: [HTML] = [], sections: [PageSection], language: String = "en") {
    (self.title, self.introduction, self.sections, self.language) = (title, introduction, sections, language)
  }

  /// The whole file.
  package var html: String {
    let placed = PlacedSections(sections)
    let head = HTML.element(
      "head", [:],
      .element("meta", ["charset": "utf-8"]),
      .element("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
      .element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .element("meta", ["name": "generator", "content": "swift-translation \(packageVersion)"]),
      .element("title", [:], .text(title)),
      HTML(trusted: "<style>\(PageFiles.style)</style>"))
    let body = HTML.element(
      "body", [:],
      .element("a", ["class": "skip", "href": "#contents"], "Skip to the contents"),
      .element("header", [:], [.element("h1", [:], .text(title))] + introduction),
      placed.contents,
      .element("main", ["id": "contents", "tabindex": "-1"], placed.sections),
      .element(
        "footer", [:],
        .element(
          "p", ["class": "note"], "Made by swift-translation \(packageVersion). This file loads nothing.")),
      HTML(trusted: "<script>\(PageFiles.script)</script>"))
    return "<!DOCTYPE html>\n"
      + HTML.element("html", ["lang": language], head, "\n", body, "\n").markup
  }

  /// Writes the page whole or not at all.
  ///
  /// - Throws: ``FileError``; what was at the path before is then unchanged.
  package func write(to path: String) throws(FileError) {
    try writeFileAtomically(path: path, contents: Array(html.utf8))
  }

  /// What the page may do: use its own style and its own script, and nothing else.
  private static let policy =
    "default-src 'none'; style-src 'sha256-\(sha256Base64(PageFiles.style))'; "
    + "script-src 'sha256-\(sha256Base64(PageFiles.script))'; base-uri 'none'; form-action 'none'"
}
