/// Elements of a vector picture.
///
/// Lengths are in pixels at the picture's natural size. Colors come from the page's style, by class.
enum SVG {
  /// A whole picture.
  ///
  /// - Parameters:
  ///   - width: the natural width.
  ///   - height: the natural height.
  ///   - name: what the picture shows, for those who cannot see it.
  ///   - isWide: whether it keeps its natural size on a narrow screen, where it then scrolls.
  ///   - contents: its elements.
  /// - Returns: the picture.
  static func picture(
    width: Double, height: Double, name: String, isWide: Bool = false, _ contents: [HTML]
  ) -> HTML {
    .element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-label": name,
        "class": isWide ? "picture wide" : "picture", "viewBox": "0 0 \(place(width)) \(place(height))",
        "width": place(width), "height": place(height),
      ], contents)
  }

  /// A straight line.
  static func line(_ class: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> HTML {
    .element(
      "line", ["class": `class`, "x1": place(x1), "y1": place(y1), "x2": place(x2), "y2": place(y2)])
  }

  /// A line through points, or an area if the class fills it.
  static func path(_ class: String, _ points: [(x: Double, y: Double)], isClosed: Bool = false) -> HTML {
    .element("path", ["class": `class`, "d": outline(points) + (isClosed ? "Z" : "")])
  }

  /// The outline through points, as an attribute `d`.
  static func outline(_ points: [(x: Double, y: Double)]) -> String {
    var text = ""
    for (index, point) in points.enumerated() {
      text += (index == 0 ? "M" : "L") + place(point.x) + " " + place(point.y)
    }
    return text
  }

  /// A rectangle, with a text that a pointer shows.
  static func rectangle(
    _ class: String, x: Double, y: Double, width: Double, height: Double, opacity: Double? = nil,
    hint: String? = nil
  ) -> HTML {
    .element(
      "rect",
      [
        "class": `class`, "x": place(x), "y": place(y), "width": place(width), "height": place(height),
        "fill-opacity": opacity.map(place),
      ], hint.map { [.element("title", [:], .text($0))] } ?? [])
  }

  /// Where a text stands relative to its place.
  enum Anchor: String {
    case start, middle, end
  }

  /// A text.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - x: the place of its anchor.
  ///   - y: the place of its base line.
  ///   - anchor: which part of it is at the place.
  ///   - class: its style; nil: that of labels.
  ///   - turn: degrees, clockwise.
  /// - Returns: the text.
  static func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, class: String? = nil,
    turn: Double? = nil
  ) -> HTML {
    .element(
      "text",
      [
        "class": `class`, "x": place(x), "y": place(y),
        "text-anchor": anchor == .start ? nil : anchor.rawValue,
        "transform": turn.map { "rotate(\(place($0)) \(place(x)) \(place(y)))" },
      ], .text(text))
  }

  /// A length with at most two decimals.
  static func place(_ length: Double) -> String {
    guard length.isFinite, length.magnitude < 1e9 else { return "0" }
    let hundredths = Int((length * 100).rounded())
    if hundredths % 100 == 0 { return "\(hundredths / 100)" }
    let fraction = abs(hundredths % 100)
    let digits = fraction % 10 == 0 ? "\(fraction / 10)" : fraction < 10 ? "0\(fraction)" : "\(fraction)"
    return "\(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(digits)"
  }
}

/// About how wide a text is at a size of 13 pixels.
func estimatedWidth(_ text: String) -> Double {
  text.unicodeScalars.reduce(0) { sum, scalar in
    switch scalar {
    case "i", "l", "j", ".", ",", "'", "|", ":", ";", "!", "t", "f", "r", "I", " ": sum + 4.6
    case "m", "w", "M", "W", "%", "@": sum + 11.6
    case "A"..."Z": sum + 9
    case _ where scalar.properties.generalCategory == .nonspacingMark: sum
    case _ where scalar.value >= 0x1100 && scalar.properties.isIdeographic || scalar.value >= 0x1F000:
      sum + 14
    default: sum + 7.6
    }
  }
}

/// A text with its end replaced by an ellipsis if it is wider than there is room.
func shortened(_ text: String, toWidth width: Double) -> String {
  guard estimatedWidth(text) > width else { return text }
  var text = text
  while !text.isEmpty, estimatedWidth(text) > width - 12 { text.removeLast() }
  return text + "…"
}
