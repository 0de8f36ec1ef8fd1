/// The styles of an OpenDocument part that make no difference to a reader: they only record who changed what when.
struct IdleStyles {
  private var idle: Set<String> = []
  private var others: Set<String> = []

  /// Notes an element of the definition of a style.
  mutating func note(_ event: XMLEvent, of style: String, _ names: XMLPrefixes) {
    let isIdle =
      names.usual(event.name) == "style:text-properties"
      && event.attributes.allSatisfy { names.usual($0.name).hasPrefix("officeooo:") }
    if isIdle { idle.insert(style) } else { others.insert(style) }
  }

  /// Whether a span looks different from the text around it.
  func hasEffect(_ span: XMLEvent, _ names: XMLPrefixes) -> Bool {
    guard let name = span.attributes.first, span.attributes.count == 1,
      names.usual(name.name) == "text:style-name"
    else { return true }
    return !idle.contains(name.value) || others.contains(name.value)
  }
}

extension XMLPrefixes {
  /// The name of an automatic style of text, if it has no other style as its parent.
  func styleName(of event: XMLEvent) -> String? {
    var values: [String: String] = [:]
    for attribute in event.attributes { values[usual(attribute.name)] = attribute.value }
    guard values["style:family"] == "text", values["style:parent-style-name"] == nil else { return nil }
    return values["style:name"]
  }
}
