/// Several pieces of a page of which a reader chooses one, such as a sentence.
///
/// Without scripts, each can be opened by itself.
package struct PanelPicker: Sendable {
  /// A piece to choose.
  package struct Panel: Sendable {
    /// Its name in the list.
    package var name: String
    /// What is shown if it is chosen.
    package var contents: HTML

    /// A piece to choose.
    package init(_ name: String, _ contents: HTML) { (self.name, self.contents) = (name, contents) }
  }

  /// What is chosen, such as "Sentence".
  package var label: String
  /// The pieces; the first is shown at the beginning.
  package var panels: [Panel]

  /// A choice.
  package init(_ label: String, _ panels: [Panel]) { (self.label, self.panels) = (label, panels) }

  /// The choice as a piece of a page.
  package var html: HTML {
    .element(
      "div", ["class": "panels", "data-label": label],
      panels.enumerated().map { index, panel in
        .element(
          "details", ["class": "panel", "open": index == 0 ? "" : nil],
          .element("summary", [:], .text(panel.name)), panel.contents)
      })
  }
}
