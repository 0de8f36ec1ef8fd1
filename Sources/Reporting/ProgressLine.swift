import Formatting

/// The text and bar for one moment of a task.
package struct ProgressLine: Sendable {
  let label: String
  let completed: Int
  let total: Int?
  let text: String
  let elapsed: Double
  /// The count done before the clock started, for a task that continues after an interruption.
  let doneBefore: Int

  package init(
    label: String, completed: Int, total: Int?, text: String, elapsed: Double, doneBefore: Int = 0
  ) {
    (self.label, self.completed, self.total) = (label, completed, total)
    (self.text, self.elapsed, self.doneBefore) = (text, elapsed, doneBefore)
  }

  /// The fraction done, 0 to 1.
  private var fraction: Double? {
    guard let total, total > 0 else { return nil }
    return min(1, max(0, Double(completed) / Double(total)))
  }

  private var counts: String {
    "\(label) " + Readable.count(completed) + (total.map { "/" + Readable.count($0) } ?? "")
  }

  private var percentage: String? { fraction.map { "\(Int($0 * 100))%" } }

  /// The time left at the present pace, or the time so far.
  private var time: String {
    guard let total, total > 0, completed > doneBefore else { return Readable.duration(elapsed) }
    let secondsEach = elapsed / Double(completed - doneBefore)
    return Readable.duration(secondsEach * Double(max(0, total - completed))) + " left"
  }

  /// A line for a log.
  package var plain: String {
    [counts + (percentage.map { " (\($0))" } ?? ""), text, time].filter { !$0.isEmpty }.joined(
      separator: ", ")
  }

  /// A line for a terminal, shorter than its width so that it never wraps.
  ///
  /// If space is short, the bar is dropped first, then the end of the text.
  package func bar(width: Int) -> String {
    let words = [percentage.map { padded($0, 4) }, counts, text.isEmpty ? nil : text, time]
    let line = words.compactMap(\.self).joined(separator: "  ")
    let room = width - 1 - line.count - 3
    guard let fraction, room >= 8 else {
      return line.count < width ? line : line.prefix(max(0, width - 2)) + "…"
    }
    return "▕" + Self.blocks(fraction, columns: min(room, 30)) + "▏" + line
  }

  private func padded(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - text.count)) + text
  }

  /// A bar in eighths of a column.
  private static func blocks(_ fraction: Double, columns: Int) -> String {
    let eighths = Int(fraction * Double(columns * 8))
    let partial = eighths % 8 == 0 ? "" : String(partialBlocks[eighths % 8 - 1])
    let bar = String(repeating: "█", count: eighths / 8) + partial
    return bar + String(repeating: " ", count: columns - bar.count)
  }

  private static let partialBlocks: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
