/// The attributes of an element.
///
/// Values are escaped. Attributes that would run a script, set a style or load something from elsewhere are refused:
/// the page's security policy would ignore them anyway.
package struct HTMLAttributes: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// ` name="value"` for each.
  private(set) var markup = ""

  /// Attributes in the given order; those with the value nil are left out.
  package init(dictionaryLiteral attributes: (StaticString, String?)...) {
    for (name, value) in attributes { add(name, value) }
  }

  /// Adds an attribute, unless the value is nil.
  package mutating func add(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    let name = "\(name)"
    precondition(name != "style" && !name.hasPrefix("on"), "HTML: the page's policy forbids '\(name)'")
    precondition(
      !["href", "src", "action", "xlink:href"].contains(name) || value.hasPrefix("#"),
      "HTML: '\(name)' does not lead into the page")
    markup += " \(name)=\""
    appendEscaped(value, to: &markup)
    markup += "\""
  }
}
