public import CommandLineArguments
public import Evaluation
import Formatting

extension SignificanceTest.Method: ArgumentValue {}

/// Significance tests and confidence intervals.
struct StatisticsOptionGroup: OptionGroup {
  var significance = SignificanceTest.Method.bootstrap
  var confidence = false
  var trials: Int?
  var seed: UInt64 = 12345

  static let title = "Statistics"
  static let options: [Option<Self>] = [
    Option("--significance", "method", "significance test that compares several systems", \.significance),
    Option("--confidence", "print 95% confidence intervals for a single system, too", \.confidence),
    Option(
      "--trials", "count", "random trials (default: 1000 for bootstrap, 10000 for randomization)", \.trials,
      limit: .between(1, 10_000_000)),
    Option("--seed", "number", "random seed", \.seed),
  ]
}
