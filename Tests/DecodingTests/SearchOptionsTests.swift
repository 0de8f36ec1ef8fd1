import Decoding
import Testing

@Suite struct SearchOptionsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let message: String
    let change: @Sendable (inout SearchOptions) -> Void
    var testDescription: String { message }
  }

  static let cases = [
    Case(message: "beam size is 0; expected a whole number from 1 to 1000") { $0.beamSize = 0 },
    Case(message: "number of best translations is 0; expected a whole number from 1 to 1000") {
      $0.nBest = 0
    },
    Case(message: "6 best translations from a beam of 5: widen the beam to 6, or ask for 5") { $0.nBest = 6 },
    Case(message: "length penalty is -1.0; expected a number from 0 to 100") {
      $0.scoring.lengthPenalty = .gnmt(alpha: -1)
    },
    Case(message: "length penalty is nan; expected a number from 0 to 100") {
      $0.scoring.lengthPenalty = .normalized(alpha: .nan)
    },
    Case(message: "maximum length ratio is -2.0; expected a number from 0 to 1000") {
      $0.limits.maxLengthRatio = -2
    },
    Case(message: "maximum length beyond the ratio is 0; expected a whole number from 1 to 100000") {
      $0.limits.maxLengthExtra = 0
    },
    Case(message: "temperature is 0.0; expected a number from 0.001 to 1000") {
      $0.sampling = Sampling(temperature: 0)
    },
    Case(message: "top-k is -1; expected 0 for all tokens, or how many") { $0.sampling = Sampling(topK: -1) },
    Case(message: "number of iterations is 0; expected a whole number from 1 to 1000") {
      $0.nonautoregressive.iterations = 0
    },
    Case(message: "length beam is 1001; expected a whole number from 1 to 1000") {
      $0.nonautoregressive.lengthBeam = 1001
    },
    Case(message: "top-p is 1.5; expected a number above 0, at most 1") { $0.sampling = Sampling(topP: 1.5) },
    Case(message: "patience is 0.0; expected a number above 0, at most 1000") {
      $0.stopRule = .firstCome(patience: 0)
    },
    Case(message: "word penalty is nan; expected a number from -100 to 100") {
      $0.scoring.wordPenalty = .nan
    },
    Case(message: "diversity is -1.0; expected a number from 0 to 1000") {
      $0.groups = BeamGroups(5, diversity: -1)
    },
    Case(
      message:
        "number of beam groups is 2; expected a divisor of the beam size, 5: all groups have the same number of "
        + "hypotheses"
    ) { $0.groups = BeamGroups(2) },
    Case(message: "min-p is 1.0; expected 0 for all tokens, or a number below 1") {
      $0.sampling = Sampling(minP: 1)
    },
    Case(message: "epsilon is -0.1; expected 0 for all tokens, or a number below 1") {
      $0.sampling = Sampling(epsilon: -0.1)
    },
    Case(message: "eta is nan; expected 0 for all tokens, or a number below 1") {
      $0.sampling = Sampling(eta: .nan)
    },
  ]

  @Test(arguments: cases)
  func messageTellsWhatIsExpected(_ item: Case) {
    var options = SearchOptions()
    item.change(&options)
    #expect { _ = try SearchPlan(options) } throws: { "\($0)" == item.message }
  }

  @Test func optionsChooseTheStrategy() throws {
    var options = SearchOptions()
    let beam = try #require(try SearchPlan(options).makeStrategy() as? BeamSearch)
    #expect(beam.beamSize == 5 && beam.nBest == 1)
    options.beamSize = 1
    #expect(try SearchPlan(options).makeStrategy() is GreedySearch)
    options.sampling = Sampling()
    options.nBest = 20
    #expect((try SearchPlan(options).makeStrategy() as? SamplingSearch)?.count == 20)
  }
}
