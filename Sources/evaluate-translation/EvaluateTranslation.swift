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
    if output.isSentenceLevel {
      let scores = arguments.chosenMetrics.map {
        $0.sentenceScores(hypotheses: segments.systems[0].lines, references: segments.references)
      }
      return output.format == .json
        ? try jsonSentenceReport(scores)
        : sentenceReport(scores, decimals: output.decimals, scoreOnly: output.isScoreOnly)
    }
    let results = evaluate(segments, arguments)
    try writePage(of: results, segments, arguments)
    if output.isScoreOnly { return scoreReport(results, decimals: output.decimals) }
    return switch output.format {
    case .text: textReport(results, decimals: output.decimals)
    case .json: try jsonReport(results)
    case .latex: latexReport(results, decimals: output.decimals)
    }
  }
}
