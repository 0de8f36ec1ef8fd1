/// What the tags of a document in HTML or XML mean for its sentences.
public struct MarkupRules: Sendable, Equatable {
  /// Elements whose text is not translated.
  public var ignored: Set<String> = []
  /// Elements that end a sentence.
  public var splitting: Set<String> = []
  /// Elements that stand within sentences, whatever else is known of them.
  public var nonSplitting: Set<String> = []
  /// Whether elements of XML end a sentence if they never stand beside text.
  public var findsStructure = true

  /// The defaults: in HTML as browsers show it, in XML by the structure of the document.
  public init() {}
}

/// The rules for one document.
struct DocumentMarkup {
  /// Whether names keep their case, and no element is empty by its name.
  let isXML: Bool
  private let rules: MarkupRules
  /// Elements of XML that stand beside text somewhere in the document.
  private let besideText: Set<String>

  /// The rules of HTML.
  init(html rules: MarkupRules) {
    (isXML, self.rules, besideText) = (false, rules, [])
  }

  /// The rules of an XML document, whose structure is found in its bytes.
  init(xml rules: MarkupRules, _ bytes: [UInt8], in range: Range<Int>) {
    (isXML, self.rules) = (true, rules)
    besideText = rules.findsStructure ? namesBesideText(bytes, in: range) : []
  }

  /// Whether an element ends a sentence.
  func isBlock(_ name: String) -> Bool {
    if rules.splitting.contains(name) { return true }
    if rules.nonSplitting.contains(name) || rules.ignored.contains(name) { return false }
    return isXML ? rules.findsStructure && !besideText.contains(name) : HTMLElements.blocks.contains(name)
  }

  /// Whether the text of an element stays as it is.
  func isUntouched(_ name: String) -> Bool {
    rules.ignored.contains(name) || !isXML && HTMLElements.untouched.contains(name)
  }

  /// Whether an untouched element stands within a sentence.
  func isInline(_ name: String) -> Bool {
    if rules.splitting.contains(name) { return false }
    return isXML || rules.ignored.contains(name) && !HTMLElements.blocks.contains(name)
      || HTMLElements.inline.contains(name)
  }

  /// Whether the text of an element has no tags.
  func isRaw(_ name: String) -> Bool { !isXML && HTMLElements.raw.contains(name) }
}

/// The elements that stand beside text, in at least one place.
private func namesBesideText(_ bytes: [UInt8], in range: Range<Int>) -> Set<String> {
  /// An open element, or the document: its name, what is directly in it.
  struct Open {
    var name = ""
    var children: Set<String> = []
    var hasText = false
  }
  var (names, open, place): (Set<String>, [Open], Int) = ([], [Open()], range.lowerBound)
  func close() {
    let last = open.removeLast()
    if last.hasText { names.formUnion(last.children) }
  }
  while place < range.upperBound {
    guard let tag = HTMLTag(bytes, at: place, end: range.upperBound, isXML: true) else {
      if bytes[place] > 0x20 { open[open.count - 1].hasText = true }
      place += 1
      continue
    }
    place = tag.range.upperBound
    switch tag.kind {
    case .comment, .declaration: break
    case .literal: open[open.count - 1].hasText = true
    case .opening:
      open[open.count - 1].children.insert(tag.name)
      if !tag.isEmpty { open.append(Open(name: tag.name)) }
    case .closing:
      // What was not closed ends with the element around it.
      guard let place = open.lastIndex(where: { $0.name == tag.name }), place > 0 else { break }
      while open.count > place { close() }
    }
  }
  while !open.isEmpty { close() }
  return names
}
