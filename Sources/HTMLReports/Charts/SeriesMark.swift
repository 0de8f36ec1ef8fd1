/// How a series is told apart without colors: by the shape of its points and the dashes of its line.
struct SeriesMark {
  private let index: Int

  /// The mark of a series, counted from 0.
  init(_ index: Int) { self.index = index }

  /// The class that gives elements the color of the series.
  var colorClass: String { "s\(index % Palette.light.series.count + 1)" }

  /// The dashes of the line; nil if it is solid.
  var dashes: String? {
    let lengths = [nil, "7 3", "2 3", "10 3 2 3", "14 4", "5 2 1 2 1 2"]
    return lengths[index % lengths.count]
  }

  /// A point of the series.
  func point(_ x: Double, _ y: Double, size: Double = 4, hint: String? = nil) -> HTML {
    .element(
      "path", ["class": "point \(colorClass)", "d": outline(x, y, size)],
      hint.map { [.element("title", [:], .text($0))] } ?? [])
  }

  /// A line of the series.
  func line(_ points: [(x: Double, y: Double)]) -> HTML {
    .element("path", ["class": "line \(colorClass)", "stroke-dasharray": dashes, "d": SVG.outline(points)])
  }

  private func outline(_ x: Double, _ y: Double, _ r: Double) -> String {
    let corners: [(x: Double, y: Double)]
    switch index % 6 {
    case 0:
      let (radius, diameter) = (SVG.place(r), SVG.place(2 * r))
      let halves = ["", "-"].map { "a\(radius) \(radius) 0 1 0 \($0)\(diameter) 0" }
      return "M\(SVG.place(x - r)) \(SVG.place(y))" + halves.joined() + "Z"
    case 1: corners = [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    case 2: corners = [(0, -1.1), (1.1, 0.9), (-1.1, 0.9)]
    case 3: corners = [(0, -1.3), (1.1, 0), (0, 1.3), (-1.1, 0)]
    case 4: corners = [(-1.1, -0.9), (1.1, -0.9), (0, 1.1)]
    default:
      corners = [
        (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2),
        (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
      ]
    }
    return SVG.outline(corners.map { (x + $0.x * r, y + $0.y * r) }) + "Z"
  }
}
