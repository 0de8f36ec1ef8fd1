import Glibc

/// A color of the screen.
package struct Color: Sendable, Equatable {
  /// Red, green and blue, 8 bits each: `0xRRGGBB`.
  package let value: Int

  /// A color from `0xRRGGBB`.
  package init(_ value: Int) { self.value = value }

  /// How the color is written in a style sheet.
  package var text: String {
    let digits = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

/// The colors of pages, light and dark.
///
/// Those of series are Okabe and Ito's palette, which people with any kind of color vision tell apart, made darker or
/// lighter until each has a contrast of 3:1 or more to the surface. A chart never tells series apart by color alone.
///
/// Source: Okabe and Ito 2008, "Color Universal Design"; WCAG 2.2, success criteria 1.4.3 and 1.4.11.
package struct Palette: Sendable {
  /// The page and what is on it: charts, tables.
  package let page, surface: Color
  /// Text, and text of less weight.
  package let text, note: Color
  /// Thin lines that only decorate, and lines of controls.
  package let line, fieldLine: Color
  /// Links and buttons, text on them, the ring around what has the focus.
  package let accent, onAccent, focus: Color
  /// The background of words that differ, and of words that are missing.
  package let added, missing: Color
  /// What a heat map is full of where its values are 1.
  package let heat: Color
  /// One for each series; a chart with more series begins again.
  package let series: [Color]

  /// Colors on white.
  package static let light = Palette(
    page: Color(0xF6F5F2), surface: Color(0xFFFFFF), text: Color(0x1F2421), note: Color(0x59605C),
    line: Color(0xDCDAD3), fieldLine: Color(0x7D7B73), accent: Color(0x1F5A8F), onAccent: Color(0xFFFFFF),
    focus: Color(0x1F6FD0), added: Color(0xFDE7B0), missing: Color(0xF6D5E3), heat: Color(0x08457E),
    series: [0x0072B2, 0xC75300, 0x007F5C, 0xA34F7C, 0x8A6100, 0x4A4F55].map(Color.init))

  /// Colors on a dark surface.
  package static let dark = Palette(
    page: Color(0x14171A), surface: Color(0x1D2125), text: Color(0xE8EAED), note: Color(0xABB2B9),
    line: Color(0x363C42), fieldLine: Color(0x838B93), accent: Color(0x8CC4F5), onAccent: Color(0x0E1C2A),
    focus: Color(0x7FB5FF), added: Color(0x4D3B0C), missing: Color(0x5A2A43), heat: Color(0x8CC8FF),
    series: [0x62B5F0, 0xFF8F4D, 0x3CC79E, 0xE79BC5, 0xE3C14B, 0xC3C8CE].map(Color.init))

  /// The style that names all colors, for light and dark screens.
  static var style: String {
    ":root { color-scheme: light dark;\(light.variables) }\n"
      + "@media (prefers-color-scheme: dark) { :root {\(dark.variables) } }\n"
      // On paper, colors are those of a white surface.
      + "@media print { :root { color-scheme: light;\(light.variables) } }\n"
      + light.series.indices.map { ".s\($0 + 1) { --color: var(--series-\($0 + 1)); }\n" }.joined()
  }

  private var variables: String {
    let named: [(String, Color)] = [
      ("page", page), ("surface", surface), ("text", text), ("note", note), ("line", line),
      ("field-line", fieldLine), ("accent", accent), ("on-accent", onAccent), ("focus", focus),
      ("added", added), ("missing", missing), ("heat", heat),
    ]
    let numbered = series.enumerated().map { ("series-\($0.offset + 1)", $0.element) }
    return (named + numbered).map { " --\($0.0): \($0.1.text);" }.joined()
  }
}

extension Color {
  /// How well a color can be told from another, from 1 to 21.
  ///
  /// Source: WCAG 2.2, "contrast ratio" and "relative luminance".
  package func contrast(to other: Color) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  private var luminance: Double {
    let parts = [value >> 16, value >> 8 & 255, value & 255].map { part in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
