import Foundation
import Tensors
import Testing
import Training

@Suite struct LossWatchTests {
  func watch(_ losses: [Double]) -> LossWatch {
    var watch = LossWatch()
    for loss in losses { watch.note(loss) }
    return watch
  }

  /// Losses that fall from 9 to `end` in a thousand updates, with noise.
  func falling(to end: Double, noise: Double = 0.25) -> [Double] {
    var random = RandomSource(5)
    return (0..<1000).map { update in
      let loss = end + (9 - end) * exp(-Double(update) / 150)
      return loss * (1 + noise * (2 * Double(random.uniform()) - 1))
    }
  }

  @Test(arguments: [4, 2, 0.5, 0.01])
  func fallingLossIsNoAlarm(end: Double) {
    var watch = LossWatch()
    for loss in falling(to: end) {
      watch.note(loss)
      #expect(watch.updatesAbove == 0)
    }
  }

  /// Examples: after the warm-up, or with more dropout; a run of bad batches; a batch with a huge loss.
  @Test(arguments: [
    Array(repeating: 2.8, count: 500), Array(repeating: 7, count: 40), [1e30], [.infinity, .nan],
  ])
  func spikesAreNoAlarm(spike: [Double]) {
    var watch = watch(falling(to: 2))
    for loss in spike + falling(to: 2).suffix(400) {
      watch.note(loss)
      #expect(!watch.isExploded)
    }
  }

  @Test(arguments: [(4.0, 7.5), (2, 6), (0.1, 1)])
  func explosionIsAnAlarm(best: Double, after: Double) throws {
    var watch = watch(falling(to: best))
    let first = try #require(
      (1...300).first { _ in
        watch.note(after)
        return watch.isExploded
      })
    #expect((100...200).contains(first))
    let (mean, least) = try #require(watch.meanAndBest)
    #expect(mean > 1.5 * least && abs(least - best) < 0.2 * best)
  }

  /// Before the mean rises, a checkpoint could already hold bad weights.
  @Test func calmEndsAtOnce() {
    var watch = watch(falling(to: 2))
    #expect(watch.isCalm)
    watch.note(6)
    #expect(!watch.isCalm && watch.updatesAbove == 0)
    watch.note(2)
    #expect(watch.isCalm)
    watch.skippedInARow = 1
    #expect(!watch.isCalm)
  }

  /// A small rise may precede an explosion, or be the new normal.
  @Test func checkpointsWaitForAWhileOnly() {
    var watch = watch(falling(to: 2, noise: 0))
    let calm = (0..<300).map { _ in
      watch.note(2.6)
      return watch.isCalm
    }
    #expect(calm[0] && !calm[100] && calm[299])
  }

  @Test func survivesItsFile() throws {
    var watch = watch(falling(to: 2) + [6, 7, 8])
    watch.rollbacks = 2
    let copy = try JSONDecoder().decode(LossWatch.self, from: JSONEncoder().encode(watch))
    #expect(copy == watch)
    #expect(copy.rateFactor == 0.25)
  }
}
