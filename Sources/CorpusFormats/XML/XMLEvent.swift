/// A piece of an XML file.
struct XMLEvent: Sendable {
  enum Kind: Sendable, Equatable {
    case start
    case end
    case text
    /// The marks around a CDATA section, whose content is text.
    case sectionMark
    /// A comment or a processing instruction.
    case comment
  }

  let kind: Kind
  /// The name of the element, as written, with its prefix.
  var name = ""
  var attributes: [XMLAttribute] = []
  /// Characters of a text, with references replaced and line ends as LF.
  var text = ""
  /// The bytes of the file that it consists of; empty for the end of an element that is written as one tag.
  var range: Range<Int>

  /// The value of an attribute.
  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Whether it is the end of an element that is written as one tag, `<x/>`.
  var isEndOfEmptyTag: Bool { kind == .end && range.isEmpty }
}

/// An attribute of an element, with references replaced.
struct XMLAttribute: Sendable, Equatable {
  let name: String
  let value: String
}
