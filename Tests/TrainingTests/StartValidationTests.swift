import Foundation
import Models
import Testing
import Training

/// Runs that start from trained weights, which may be better than what training makes of them.
@Suite struct StartValidationTests {
  private func fixture(_ perplexities: [Double]) throws -> RunFixture {
    var fixture = try RunFixture()
    (fixture.plan.validatesStart, fixture.plan.maxUpdates) = (true, 10)
    fixture.validator = RunFixture.ListedScores(perplexities.map { .init(perplexity: $0) })
    return fixture
  }

  @Test func theStartIsKeptIfNothingIsBetter() throws {
    let (end, record) = try fixture([3, 9, 8]).run()
    #expect(end == .maxUpdates)
    #expect(
      record.events.filter { $0.hasPrefix("valid") } == [
        "validating 0", "validated 0, best", "validating 5", "validated 5", "validating 10", "validated 10",
      ])
    #expect(record.saved.map(\.update) == [0])
    #expect(record.state.best.update == 0 && record.state.best.scores?.perplexity == 3)
  }

  @Test func whatIsBetterReplacesTheStart() throws {
    #expect(try fixture([9, 8, 10]).run().record.saved.map(\.update) == [0, 5])
  }

  @Test func theStartIsValidatedOnce() throws {
    let fixture = try fixture([9, 8, 7])
    _ = try fixture.run(stoppingAt: 2)
    let resumed = try fixture.run(resuming: true).record
    #expect(resumed.events.filter { $0.hasPrefix("validating") } == ["validating 5", "validating 10"])
  }

  /// The weights do not depend on whether the start was validated.
  @Test func trainingIsTheSame() throws {
    var (with, without) = (try RunFixture(), try RunFixture())
    (with.plan.maxUpdates, without.plan.maxUpdates) = (7, 7)
    with.plan.validatesStart = true
    #expect(try with.run().record.weights == without.run().record.weights)
  }

  @Test func patienceThatIsUsedUpStaysSo() throws {
    var fixture = try RunFixture()
    (fixture.plan.patience, fixture.plan.maxUpdates) = (2, 40)
    fixture.validator = RunFixture.ListedScores([5, 6, 7, 8, 9].map { .init(perplexity: $0) })
    let first = try fixture.run()
    #expect(first.end == .noProgress && first.record.state.update == 15)
    let again = try fixture.run(resuming: true)
    #expect(again.end == .noProgress && again.record.events.isEmpty)
    fixture.plan.patience = 4
    fixture.validator = RunFixture.ListedScores([8, 9].map { .init(perplexity: $0) })
    let more = try fixture.run(resuming: true)
    #expect(more.end == .noProgress && more.record.state.update == 25)
  }
}
