extension HTML {
  /// A paragraph.
  package static func paragraph(_ contents: HTML) -> HTML { .element("p", [:], contents) }

  /// A paragraph of less weight, such as an explanation.
  package static func note(_ contents: HTML) -> HTML { .element("p", ["class": "note"], contents) }

  /// Text of a user in any language and direction, which does not change the direction of what is around it.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - language: its language as an HTML language tag, such as "de"; nil if it is not known.
  /// - Returns: the text as part of a sentence or a cell.
  package static func userText(_ text: String, language: String? = nil) -> HTML {
    userText(.text(text), language: language)
  }

  /// Text of a user with marks in it, such as ``WordDifference/html``; see ``userText(_:language:)-(String,_)``.
  package static func userText(_ contents: HTML, language: String? = nil) -> HTML {
    .element("bdi", ["lang": language], contents)
  }

  /// Names with values, such as the entries of a manifest.
  package static func definitions(_ entries: [(name: String, value: HTML)]) -> HTML {
    .element(
      "dl", [:],
      entries.map { entry in
        .element("div", [:], .element("dt", [:], .text(entry.name)), .element("dd", [:], entry.value))
      })
  }

  /// Text as it is, such as a file, which scrolls if it is wide.
  ///
  /// - Parameters:
  ///   - name: what it is, for those who cannot see it.
  ///   - text: the text.
  /// - Returns: the text in letters of equal width.
  package static func code(_ name: String, _ text: String) -> HTML {
    scrollable(name, .element("pre", [:], .text(text)))
  }

  /// Contents that are shown if a reader wants them.
  package static func details(_ summary: String, _ contents: HTML, isOpen: Bool = false) -> HTML {
    .element("details", ["open": isOpen ? "" : nil], .element("summary", [:], .text(summary)), contents)
  }
}
