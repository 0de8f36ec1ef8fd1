import Formatting
import Recipes
import TrainingSession

/// The choices of `--preset auto`, as a table.
struct ChoiceTable {
  let choices: [AppliedChoice]

  /// Prints the statistics of the text.
  static func show(_ profile: TextProfile) {
    say("preset auto: \(Readable.count(profile.pairs)) pairs to train on")
    for (name, side) in [("source", profile.source), ("target", profile.target)] {
      let length = Double(side.words) / Double(max(profile.pairs, 1))
      let script = side.mainScript.isEmpty ? "no letters" : "mostly \(side.mainScript)"
      say(
        "  \(name): \(Readable.count(side.words)) words (\(Readable.decimal(length, 1)) a sentence), "
          + "\(Readable.count(side.types)) different, \(Readable.count(side.characters)) characters, \(script)"
      )
    }
  }

  /// Prints a line for each choice.
  func show() {
    let rows = choices.map(row)
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows { say("  \(padded(row[0], widths[0]))  \(padded(row[1], widths[1]))  \(row[2])") }
  }

  private func row(_ applied: AppliedChoice) -> [String] {
    let choice = applied.choice
    let reason = applied.isGiven ? "given" : "\(choice.reason) (\(choice.source))"
    return [choice.option, applied.value, reason]
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
