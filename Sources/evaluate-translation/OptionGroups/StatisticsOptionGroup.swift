public import CommandLineArguments
public import Evaluation
import Formatting

extension SignificanceTest.Method: ArgumentValue {}
extension SignificanceTest.PValueDefinition: ArgumentValue {}

/// Significance tests and confidence intervals.
struct StatisticsOptionGroup: OptionGroup {
  var significance = SignificanceTest.Method.bootstrap
  var pValue = SignificanceTest.PValueDefinition.twoSided
  var confidence = false
  var trials: Int?
  var seed: UInt64 = 12345

  static let title = "Statistics"
  static let options: [Option<Self>] = [
    Option("--significance", "method", "significance test that compares several systems", \.significance),
    Option(
      "--p-value", "definition",
      "two-sided: how often chance makes a difference at least as large; sacrebleu: sacreBLEU's formula, which calls a "
        + "system and its own copy significantly different", \.pValue),
    Option("--confidence", "print 95% confidence intervals for a single system, too", \.confidence),
    Option(
      "--trials", "count", "random trials (default: 1000 for bootstrap, 10000 for randomization)", \.trials,
      limit: .between(1, 10_000_000)),
    Option("--seed", "number", "random seed", \.seed),
  ]

  /// The test that compares systems, or that measures confidence.
  var test: SignificanceTest {
    SignificanceTest(significance, trials: trials, seed: seed, definition: pValue)
  }

  /// The test for confidence intervals.
  var confidenceTest: SignificanceTest { SignificanceTest(.bootstrap, trials: trials, seed: seed) }
}
