/// A list of many entries, such as sentences, that a reader can search and sort.
///
/// Only entries near the window are laid out, so that a list of thousands opens at once. Without scripts, all are
/// shown.
package struct FilteredList: Sendable {
  /// An entry.
  package struct Entry: Sendable {
    /// What is shown.
    package var contents: HTML
    /// A number for each of ``FilteredList/orders``; nil: at the end.
    package var keys: [Double?]

    /// An entry.
    package init(_ contents: HTML, keys: [Double?] = []) { (self.contents, self.keys) = (contents, keys) }
  }

  /// What the list is called, such as "Sentences".
  package var label: String
  /// Names of what the list can be sorted by, such as "worst chrF of old.de first"; numbers ascend.
  package var orders: [String]
  /// The entries.
  package var entries: [Entry]

  /// A list.
  ///
  /// - Parameters:
  ///   - label: what the list is called.
  ///   - orders: what it can be sorted by, besides the order of the entries.
  ///   - entries: the entries, each with a key for each order.
  /// - Precondition: every entry has a key for each order.
  package init(_ label: String, orders: [String] = [], entries: [Entry]) {
    precondition(
      entries.allSatisfy { $0.keys.count == orders.count }, "FilteredList '\(label)': keys and orders differ")
    (self.label, self.orders, self.entries) = (label, orders, entries)
  }

  /// The list as a piece of a page.
  package var html: HTML {
    .element(
      "div", ["class": "filtered", "data-label": label, "data-orders": orders.joined(separator: "\n")],
      .element(
        "ol", ["class": "entries", "aria-label": label],
        entries.map { entry in
          let keys = entry.keys.map { $0.map { $0.isFinite ? SVG.place($0) : "" } ?? "" }
          return .element(
            "li", ["data-keys": keys.isEmpty ? nil : keys.joined(separator: " ")], entry.contents)
        }))
  }
}
