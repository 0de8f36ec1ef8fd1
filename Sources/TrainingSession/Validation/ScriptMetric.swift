import Files
import Formatting
import Processes
import Training

/// The user's own metric: a shell command that reads the decoded validation text and prints a number.
///
/// If it fails, the validation lacks this score, and training continues.
struct ScriptMetric: Sendable {
  /// The shell command.
  let command: String
  /// Its time limit.
  let timeout: Duration
  private let translation, source, reference: String

  /// Writes the files that all validations share, so that an unwritable folder is detected before training starts.
  ///
  /// - Parameters:
  ///   - command: the shell command.
  ///   - timeout: its time limit.
  ///   - folder: for its input files.
  ///   - sources: lines of the validation text.
  ///   - references: their translations.
  /// - Throws: `FileError`.
  init(
    _ command: String, timeout: Duration, folder: String, sources: [[UInt8]], references: [[UInt8]]
  ) throws(FileError) {
    (self.command, self.timeout) = (command, timeout)
    (translation, source) = ("\(folder)/translation.txt", "\(folder)/source.txt")
    reference = "\(folder)/reference.txt"
    try createFolder(folder)
    try write(lines: sources, path: source)
    try write(lines: references, path: reference)
  }

  /// The score of a translation.
  ///
  /// - Parameters:
  ///   - lines: one for each line of the validation text.
  ///   - update: the update of the model that made them.
  ///   - shouldStop: whether training should end.
  /// - Returns: the number, or why there is none.
  /// - Throws: `ValidationInterrupted`.
  func score(_ lines: [[UInt8]], update: Int, shouldStop: () -> Bool) throws(ValidationInterrupted)
    -> Result<Double, Failure>
  {
    do {
      try write(lines: lines, path: translation)
      let outcome = try shell(update).run(timeout: timeout, shouldStop: shouldStop)
      if outcome.ending == .stopped { throw ValidationInterrupted() }
      return number(of: outcome)
    } catch let error as ValidationInterrupted {
      throw error
    } catch {
      return .failure(Failure(reason: "\(error)"))
    }
  }

  /// Why there is no score, as the end of a sentence.
  struct Failure: Error, Equatable {
    let reason: String
  }

  private func shell(_ update: Int) -> ShellCommand {
    // A command that uses one of these places its arguments itself.
    let names = ["$1", "$2", "$3", "$4", "${1", "${2", "${3", "${4", "$@", "$*", "${@", "${*", "VALID_"]
    let isComplete = names.contains { command.contains($0) }
    return ShellCommand(
      isComplete ? command : command + " \"$@\"",
      arguments: [translation, source, reference, "\(update)"],
      environment: [
        "VALID_TRANSLATION": translation, "VALID_SOURCE": source, "VALID_REFERENCE": reference,
        "VALID_UPDATE": "\(update)",
      ])
  }

  private func number(of outcome: ShellOutcome) -> Result<Double, Failure> {
    let said = lastLine(outcome.errors).map { "; it said: \($0)" } ?? ""
    switch outcome.ending {
    case .exited(0): break
    case .exited(let code): return .failure(Failure(reason: "its exit code is \(code)\(said)"))
    case .killed(let signal): return .failure(Failure(reason: "signal \(signal) ended it\(said)"))
    case .timedOut, .stopped:
      let limit = Readable.duration(timeout.inSeconds)
      return .failure(Failure(reason: "it was stopped after \(limit), see --valid-script-timeout\(said)"))
    }
    guard let line = lastLine(outcome.output) else {
      return .failure(Failure(reason: "it printed nothing, expected a number\(said)"))
    }
    guard let number = Double(line), number.isFinite else {
      return .failure(Failure(reason: "its last line is '\(line)', expected a number\(said)"))
    }
    return .success(number)
  }
}

private func write(lines: [[UInt8]], path: String) throws(FileError) {
  let file = try AtomicFile(path: path)
  for line in lines { try file.write(line + [UInt8(ascii: "\n")]) }
  try file.commit()
}

/// The last line that is not blank, shortened for a message; nil if there is none.
private func lastLine(_ bytes: [UInt8]) -> String? {
  let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
  guard let line = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return nil }
  let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  let shown = String(words.unicodeScalars.filter { $0.properties.generalCategory != .control })
  return shown.count > 200 ? "\(shown.prefix(200))…" : shown
}
