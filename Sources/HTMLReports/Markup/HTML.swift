/// A piece of a page: text and elements.
///
/// Markup is only made of elements whose names are in the program, and of text whose special characters are escaped, so
/// text of a user can never become markup. String literals and interpolations are text, too. The result is well-formed
/// as HTML and as XML, apart from elements without contents (`<br>`).
package struct HTML: Sendable, Equatable {
  /// The piece as it is written to a file.
  package private(set) var markup: String

  /// Nothing.
  package static let empty = HTML(trusted: "")

  /// Markup that this module made itself.
  init(trusted markup: String) { self.markup = markup }

  /// A text, with its special characters escaped.
  ///
  /// Characters that XML does not allow, such as control characters, become U+FFFD.
  package static func text(_ text: some StringProtocol) -> HTML {
    var markup = ""
    appendEscaped(text, to: &markup)
    return HTML(trusted: markup)
  }

  /// An element with its contents.
  ///
  /// - Parameters:
  ///   - name: the name, such as "p", or "path" in an SVG.
  ///   - attributes: names and values; those whose value is nil are left out.
  ///   - contents: what is in it, in order.
  /// - Returns: the element.
  package static func element(
    _ name: StaticString, _ attributes: HTMLAttributes = [:], _ contents: HTML...
  ) -> HTML {
    element(name, attributes, contents)
  }

  /// An element with its contents; see ``element(_:_:_:)-(_,_,HTML...)``.
  package static func element(_ name: StaticString, _ attributes: HTMLAttributes, _ contents: [HTML]) -> HTML
  {
    let name = "\(name)"
    var markup = "<\(name)\(attributes.markup)>"
    for part in contents { markup += part.markup }
    precondition(!isVoid(name) || contents.isEmpty, "HTML: <\(name)> has no contents")
    if !isVoid(name) { markup += "</\(name)>" }
    return HTML(trusted: markup)
  }

  /// An element with its contents; see ``element(_:_:_:)-(_,_,HTML...)``.
  package static func element(_ name: StaticString, _ contents: [HTML]) -> HTML {
    element(name, [:], contents)
  }

  /// A link to a part of the same page.
  ///
  /// - Parameters:
  ///   - id: the part's id.
  ///   - contents: what is shown.
  /// - Returns: the link.
  package static func link(to id: String, _ contents: HTML) -> HTML {
    element("a", ["href": "#" + id], contents)
  }

  /// Pieces one after the other.
  package static func sequence(_ parts: [HTML]) -> HTML {
    HTML(trusted: parts.reduce(into: "") { $0 += $1.markup })
  }

  /// Two pieces one after the other.
  package static func + (first: HTML, second: HTML) -> HTML { HTML(trusted: first.markup + second.markup) }

  /// Appends a piece.
  package static func += (first: inout HTML, second: HTML) { first.markup += second.markup }

  /// Whether an element of HTML has no contents and no end tag.
  private static func isVoid(_ name: String) -> Bool {
    switch name {
    case "br", "hr", "img", "input", "meta", "wbr", "col", "link": true
    default: false
    }
  }
}

extension HTML: ExpressibleByStringInterpolation {
  /// A text.
  package init(stringLiteral text: String) { self = .text(text) }

  /// A text with pieces of a page in it.
  package init(stringInterpolation parts: StringInterpolation) { self = parts.html }

  /// Collects the parts of a string literal: pieces of a page stay as they are, everything else is text.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var html = HTML.empty

    package init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends what stands in the literal.
    package mutating func appendLiteral(_ text: String) { html += .text(text) }

    /// Appends a piece of a page.
    package mutating func appendInterpolation(_ piece: HTML) { html += piece }

    /// Appends the description of a value as text.
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      html += .text(value.description)
    }
  }
}
