import CommandLineArguments
import Formatting
import Recipes
import Reporting

/// What `--preset auto` chose, as a table for people.
struct ChoiceTable {
  let choices: [Choice]
  /// With the choices taken over.
  let arguments: TrainTranslationArguments

  /// Prints what was found in the text.
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

  private func row(_ choice: Choice) -> [String] {
    guard !arguments.isGiven(choice) else { return [choice.option, value(choice), "given"] }
    return [choice.option, value(choice), "\(choice.reason) (\(choice.source))"]
  }

  private func value(_ choice: Choice) -> String {
    switch choice.option {
    case "--joint", "--separate": arguments.joint ? "joint" : "separate"
    default: arguments.text(of: choice.option) ?? choice.value
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
