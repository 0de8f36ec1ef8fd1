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
    guard arguments.isSentenceLevel else {
      let results = evaluate(segments, arguments)
      return arguments.printsJSON ? try jsonReport(results) : textReport(results)
    }
    let scores = arguments.metrics.metrics.map {
      $0.sentenceScores(hypotheses: segments.systems[0].lines, references: segments.references)
    }
    return arguments.printsJSON ? try jsonSentenceReport(scores) : sentenceReport(scores)
  }
}
