import CommandLineArguments
import DataChecks
import Files
import Formatting
import Reporting
import Text

@main enum CheckData {
  static func main() {
    runCommand(CheckDataArguments.self, failure: 2) { arguments, _ in
      let output = StandardOutput()
      guard !arguments.explainsKinds else {
        for line in FindingKind.explanations() { try output.writeLine(line) }
        try output.flush()
        return 0
      }
      return try check(arguments, output)
    }
  }

  private static func check(_ arguments: CheckDataArguments, _ output: StandardOutput) throws -> Int32 {
    // Before the work, not after it.
    if !arguments.clean.isEmpty { try requireWritableFolder(arguments.clean) }
    let display = ProgressDisplay()
    let report = try DataChecker(text: arguments.text, options: try options(arguments)).run {
      display.show($0)
    }
    var summary: CleanSummary?
    if !arguments.clean.isEmpty {
      summary = try report.writeClean(to: arguments.clean) { display.show($0) }
    }
    display.finish()
    if !arguments.json.isEmpty {
      let json = report.json(examples: arguments.examples, allLines: arguments.listsAllLines)
      if arguments.json == "-" {
        try output.write(json)
      } else {
        try writeFileAtomically(path: arguments.json, contents: json)
      }
    }
    if arguments.json != "-" {
      for line in report.textLines(examples: arguments.examples) { try output.writeLine(line) }
    }
    try output.flush()
    if let summary { tell(summary, report, arguments) }
    return isFailure(report, arguments.failOn) ? 1 : 0
  }

  private static func options(_ arguments: CheckDataArguments) throws -> CheckOptions {
    var options = CheckOptions()
    options.kinds = arguments.kinds
    options.sourceLanguage = try code(arguments.sourceLanguage)
    options.targetLanguage = try code(arguments.targetLanguage)
    (options.isThorough, options.isQuick) = (arguments.isThorough, arguments.isQuick)
    let folder = arguments.vocabulary.isEmpty ? arguments.model : arguments.vocabulary
    if !folder.isEmpty { options.pipeline = try TextPipeline(folder: folder) }
    (options.maxLength, options.examples) = (arguments.maxLength, arguments.examples)
    options.keepsLines = arguments.listsAllLines || !arguments.clean.isEmpty
    options.threads = arguments.threads
    return options
  }

  private static func code(_ text: String) throws -> String? {
    guard !text.isEmpty else { return nil }
    let code = try Language(code: text).code
    return code.isEmpty ? nil : code
  }

  private static func tell(_ summary: CleanSummary, _ report: DataReport, _ arguments: CheckDataArguments) {
    let names = report.cleanNames
    Console.standardError.message(
      "check-data: wrote \(Readable.count(summary.kept)) pairs, \(Readable.count(summary.repaired)) of them repaired, to "
        + "'\(arguments.clean)/\(names.source)' and '\(arguments.clean)/\(names.target)'; "
        + "\(Readable.count(summary.dropped)) dropped, see '\(arguments.clean)/dropped.tsv'")
  }

  private static func isFailure(_ report: DataReport, _ level: FailureLevel) -> Bool {
    guard let worst = report.worst, let least = Severity(rawValue: level.rawValue) else { return false }
    return worst >= least
  }
}
