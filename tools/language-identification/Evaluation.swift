import Files
import Formatting
import LanguageIdentification
import Reporting

/// How often an identifier is right, by language, and how fast it is.
struct Evaluation {
  private struct Row {
    var language: String
    var lines = 0
    var right = 0
    var confusions: [String: Int] = [:]

    var accuracy: Double { Double(right) / Double(max(1, lines)) }
  }

  private var rows: [Row] = []
  private var (predictions, bytes): ([(predicted: Double, isRight: Bool)], Int) = ([], 0)
  private var time = Duration.zero

  /// Evaluates files `LANGUAGE.txt` of a folder; languages that the identifier does not know are left out.
  init(_ identifier: LanguageIdentifier, folder: String, lines limit: Int) throws {
    let names = try fileNames(in: folder).filter { $0.hasSuffix(".txt") }
    let known = names.map { String($0.dropLast(4)) }.filter(identifier.languages.contains)
    self.init(
      identifier,
      texts: try known.map { language in
        let lines = try lines(of: "\(folder)/\(language).txt")
        return (language, limit > 0 ? Array(lines.prefix(limit)) : lines)
      })
  }

  /// Evaluates lines of known languages.
  init(_ identifier: LanguageIdentifier, texts: [(language: String, lines: [[UInt8]])]) {
    _ = identifier.identify("x")
    for (language, lines) in texts {
      var row = Row(language: language)
      let clock = ContinuousClock()
      for line in lines where !line.isEmpty {
        var guess: LanguageGuess?
        time += clock.measure { guess = identifier.identify(line).first }
        bytes += line.count
        row.lines += 1
        let isRight = guess?.language == language
        if isRight { row.right += 1 } else { row.confusions[guess?.language ?? "none", default: 0] += 1 }
        predictions.append((guess?.confidence ?? 0, isRight))
      }
      if row.lines > 0 { rows.append(row) }
    }
  }

  /// Writes a line for each language, the worst first, and the means.
  func write(to output: StandardOutput) throws {
    for row in rows.sorted(by: { ($0.accuracy, $0.language) < ($1.accuracy, $1.language) }) {
      let confusions = row.confusions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(4)
      let list = confusions.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      try output.writeLine("\(row.language)\t\(percent(row.accuracy))\t\(row.lines) lines\t\(list)")
    }
    let mean = rows.reduce(0) { $0 + $1.accuracy } / Double(max(1, rows.count))
    try output.writeLine("mean of \(rows.count) languages: \(percent(mean)) %")
    let confidence = predictions.reduce(0) { $0 + $1.predicted } / Double(max(1, predictions.count))
    let right = Double(predictions.count { $0.isRight }) / Double(max(1, predictions.count))
    try output.writeLine(
      "mean confidence \(percent(confidence)) %, right \(percent(right)) % of \(predictions.count) lines")
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
    let perSecond = Int(Double(predictions.count) / max(seconds, 1e-9))
    try output.writeLine(
      "\(perSecond) lines a second, of \(bytes / max(1, predictions.count)) bytes in the mean, on one thread")
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
