import CommandLineArguments
import Confidence
import Files
import Formatting
import ModelCalibration
import ModelFolders
import Reporting

@main enum CalibrateModel {
  static func main() {
    runCommand(CalibrateModelArguments.self) { arguments, _ in try calibrate(arguments) }
  }

  private static func calibrate(_ arguments: CalibrateModelArguments) throws {
    let folder = ModelFolder(arguments.model)
    try folder.requireFolder()
    let (source, references) = (try lines(arguments.source), try lines(arguments.target))
    guard source.count == references.count else {
      throw ModelCalibrationError.unequalLines(
        source: arguments.source, sourceLines: source.count, target: arguments.target,
        targetLines: references.count)
    }
    let lock = try folder.takeForWriting()
    defer { withExtendedLifetime(lock) {} }
    let calibration = try ModelCalibration(folder, threads: arguments.threads)
    let bar = ProgressBar("calibrate-model: line", total: source.count)
    defer { bar.finish() }
    let map = try calibration.confidence(source: source, references: references) { bar.update($0) }
    bar.finish()
    var choice: AlignmentHeadChoice?
    if calibration.hasHeads, !arguments.keepsHeads {
      choice = try calibration.alignmentHeads([(arguments.source, arguments.target, nil)]) { _ in }
    }
    try calibration.write(map, choice)
    report(map, choice, arguments)
  }

  private static func lines(_ path: String) throws -> [String] {
    let reader = try LineReader(path: path)
    var lines: [String] = []
    while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }

  private static func report(
    _ map: ConfidenceMap, _ choice: AlignmentHeadChoice?, _ arguments: CalibrateModelArguments
  ) {
    let measured = map.measured
    func percent(_ share: Double) -> String { "\(Readable.decimal(100 * share, 1)) %" }
    say(
      "\(Readable.count(measured.sentences)) sentences; \(percent(measured.shareOfWords)) of the "
        + "\(Readable.count(measured.words)) words of their translations are in the references")
    say(
      "expected calibration error: \(Readable.decimal(measured.wordError, 3)) for words, "
        + "\(Readable.decimal(measured.sentenceError, 3)) for sentences")
    guard let choice else { return }
    say(
      "word alignments: \(choice.place) gives \(percent(choice.share)) of "
        + "\(Readable.count(choice.links)) links of align-text, \(percent(choice.shareBefore)) before")
  }

  private static func say(_ text: String) { Console.standardError.message("calibrate-model: \(text)") }
}
