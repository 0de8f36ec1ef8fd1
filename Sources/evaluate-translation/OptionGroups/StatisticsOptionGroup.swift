public import CommandLineArguments
public import Evaluation
import Formatting

extension SignificanceTest.PValueDefinition: ArgumentValue {}

/// Significance tests and confidence intervals.
struct StatisticsOptionGroup: OptionGroup {
  /// The tests that compare systems.
  enum TestName: String, CaseIterable, ArgumentValue {
    case bootstrap, randomization, none
  }

  var chosenTest = TestName.bootstrap
  var usesPairedBootstrap = false
  var usesPairedRandomization = false
  var chosenDefinition: SignificanceTest.PValueDefinition?
  var confidence = false
  var trials: Int?
  var seed: UInt64 = 12345

  static let title = "Statistics"
  static let options: [Option<Self>] = [
    Option(
      "--significance", "method", "significance test that compares several systems with the first",
      \.chosenTest),
    Option(
      "--p-value", "definition",
      "two-sided: how often chance makes a difference at least as large; sacrebleu: sacreBLEU's formula, which calls a "
        + "system and its own copy significantly different (default: two-sided)", \.chosenDefinition),
    Option(
      "--paired-bs", "sacreBLEU's bootstrap test: --significance bootstrap --p-value sacrebleu",
      \.usesPairedBootstrap
    ).conflicts(with: \.chosenTest).conflicts(with: \.chosenDefinition),
    Option(
      "--paired-ar", "sacreBLEU's randomization test: --significance randomization --p-value sacrebleu",
      \.usesPairedRandomization
    ).conflicts(with: \.chosenTest).conflicts(with: \.chosenDefinition).conflicts(
      with: \.usesPairedBootstrap),
    Option("--confidence", "print 95% confidence intervals for a single system, too", \.confidence),
    Option(
      "--trials", "count", "random trials (default: 1000 for bootstrap, 10000 for randomization)", \.trials,
      limit: .between(1, 10_000_000)),
    Option("--seed", "number", "random seed, which gives the draws of sacreBLEU's SACREBLEU_SEED", \.seed),
  ]

  /// The method that compares systems; nil for none.
  private var method: SignificanceTest.Method? {
    if usesPairedBootstrap { return .bootstrap }
    if usesPairedRandomization { return .randomization }
    return switch chosenTest {
    case .bootstrap: .bootstrap
    case .randomization: .randomization
    case .none: nil
    }
  }

  /// The test that compares systems; nil for none.
  var test: SignificanceTest? {
    let definition =
      chosenDefinition ?? (usesPairedBootstrap || usesPairedRandomization ? .sacreBLEU : .twoSided)
    return method.map { SignificanceTest($0, trials: trials, seed: seed, definition: definition) }
  }

  /// The test for confidence intervals.
  var confidenceTest: SignificanceTest { SignificanceTest(.bootstrap, trials: trials, seed: seed) }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if method == nil, given.contains(\.chosenDefinition) {
      throw .conflict("'--p-value' has no effect with '--significance none'; leave one of them out")
    }
  }
}
