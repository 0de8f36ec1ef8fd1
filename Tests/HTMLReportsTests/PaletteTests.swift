import HTMLReports
import Testing

@Suite struct PaletteTests {
  @Test func contrastIsThatOfWCAG() {
    #expect(Color(0).contrast(to: Color(0xFFFFFF)) == 21)
    #expect(abs(Color(0x767676).contrast(to: Color(0xFFFFFF)) - 4.54) < 0.01)
    #expect(Color(0x00A0FF).text == "#00a0ff")
  }

  @Test(arguments: [true, false]) func colorsCanBeSeen(isDark: Bool) {
    let palette = isDark ? Palette.dark : .light
    for color in palette.series + [palette.fieldLine, palette.focus, palette.heat] {
      #expect(color.contrast(to: palette.surface) >= 3, "\(color.text)")
    }
    for color in [palette.text, palette.note, palette.accent] {
      #expect(
        color.contrast(to: palette.surface) >= 4.5 && color.contrast(to: palette.page) >= 4.5, "\(color.text)"
      )
    }
    for color in [palette.added, palette.missing] {
      #expect(palette.note.contrast(to: color) >= 4.5, "\(color.text)")
      #expect(palette.text.contrast(to: color) >= 4.5, "\(color.text)")
    }
    #expect(palette.onAccent.contrast(to: palette.accent) >= 4.5)
    #expect(Set(palette.series.map(\.value)).count == Palette.light.series.count)
  }
}
