import CommandLineArguments
import Formatting
import Models
import Tensors

/// How many units a benchmark processes per second.
struct Rate: Codable {
  let unit: String
  let perSecond: Double
}

/// The result of one benchmark.
struct Result: Codable {
  let name: String
  let secondsPerRound: Double
  let rates: [Rate]
  /// The share of the matrix library's rate, if the benchmark mainly computes matrix products.
  let share: Double?

  /// A line of the table.
  var line: String {
    let speed = rates.map { "\(readable($0.perSecond)) \($0.unit)/s" }.joined(separator: ", ")
    let (unit, scale) = secondsPerRound < 1e-3 ? ("us", 1e6) : secondsPerRound < 1 ? ("ms", 1e3) : ("s", 1)
    let time = "\(readable(secondsPerRound * scale)) \(unit)"
    let part = share.map { " \(Int(($0 * 100).rounded())) %" } ?? ""
    return name.padded(to: 58) + time.padded(to: 14) + speed.padded(to: 40) + part
  }
}

/// The results of a run with its settings.
struct Report: Codable {
  let version: String
  let matrixProducts: String
  let preset: String
  let threads: Int
  let clock: BenchmarkArguments.Clock
  var results: [Result] = []
  /// The peak memory of the process over all benchmarks.
  var peakResidentBytes: Int?

  init(_ arguments: BenchmarkArguments) {
    version = CommandDescription.packageVersion
    matrixProducts = matrixProductDescription()
    (preset, threads, clock) = (arguments.preset.rawValue, arguments.threads, arguments.clock)
  }

  /// The lines before the table.
  var heading: String {
    "\(matrixProducts); model \(preset); \(threads) threads; \(clock.rawValue) clock\n"
      + "work".padded(to: 58) + "a round".padded(to: 14) + "rate".padded(to: 40) + " of sgemm"
  }
}

/// A number with three significant digits: 1.23, 45.6, 789, 12.3k, 4.56M, 789G.
func readable(_ number: Double) -> String {
  let (scale, suffix) =
    [(1e9, "G"), (1e6, "M"), (1e4, "k")].first { number >= $0.0 } ?? (1, "")
  let value = suffix == "k" ? number / 1e3 : number / scale
  let text = value >= 100 ? Readable.decimal(value, 0) : Readable.rounded(value, value >= 10 ? 1 : 2)
  return text + suffix
}

extension String {
  /// The text, padded with at least one space.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
