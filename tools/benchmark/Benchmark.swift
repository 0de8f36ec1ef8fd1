import CommandLineArguments
import Files
import Formatting
import Reporting

/// Runs the benchmarks and relates them to the machine's matrix products, or compares two results.
@main struct Benchmark {
  static func main() {
    runCommand(BenchmarkArguments.self) { arguments, _ in
      let output = StandardOutput()
      let lines =
        if let (before, after) = arguments.comparedFiles {
          try comparison(
            of: readJSON(Report.self, path: before), with: readJSON(Report.self, path: after))
        } else if arguments.list {
          arguments.works.map(\.name)
        } else {
          try measure(arguments, output)
        }
      for line in lines { try output.writeLine(line) }
      try output.flush()
    }
  }

  /// Runs the selected benchmarks, printing each result as soon as it is available.
  private static func measure(_ arguments: BenchmarkArguments, _ output: StandardOutput) throws -> [String] {
    var report = Report(arguments)
    try output.writeLine(report.heading)
    for work in arguments.works {
      let result = try Measurement(arguments).result(of: work)
      report.results.append(result)
      try output.writeLine(result.line)
      try output.flush()
    }
    report.peakResidentBytes = peakResidentBytes
    if !arguments.json.isEmpty { try writeJSON(report, path: arguments.json) }
    return ["peak resident memory: \(Readable.bytes(peakResidentBytes))"]
  }
}
