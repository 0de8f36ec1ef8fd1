import CommandLineArguments
import Evaluation
import Reporting

@main
struct EvaluateTranslation {
  static func main() {
    runCommand(EvaluateTranslationArguments.self) { arguments, _ in
      let output = StandardOutput()
      for line in try report(arguments) { try output.writeLine(line) }
      try output.flush()
    }
  }

  private static func report(_ arguments: EvaluateTranslationArguments) throws -> [String] {
    let segments = try Segments(arguments)
    let output = arguments.output
    if output.isSentenceLevel { return try sentenceReport(segments, arguments) }
    let results = try evaluate(segments, arguments)
    try writePage(of: results, segments, arguments)
    if output.isScoreOnly { return scoreReport(results, decimals: output.decimals) }
    if output.format == .json { return try jsonReport(results, segments.documents) }
    return Report(results, segments.documents, output).lines
  }
}
