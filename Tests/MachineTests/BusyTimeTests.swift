import Foundation
import Machine
import Testing

@Suite struct BusyTimeTests {
  /// Computes until the thread has used some processor time.
  private func spin(_ duration: Duration) {
    let start = processorTimeOfThread()
    while processorTimeOfThread() - start < duration {}
  }

  @Test func timesAddUp() {
    var busy = BusyTime()
    busy.measure { spin(.milliseconds(20)) }
    let (first, wall) = (busy.processor, busy.wall)
    #expect(busy.newest == first && first >= .milliseconds(20) && wall >= first - .milliseconds(1))
    busy.measure { spin(.milliseconds(5)) }
    #expect(busy.newest >= .milliseconds(5) && busy.processor == first + busy.newest && busy.wall > wall)
  }

  @Test func sleepIsNoWorkOfAProcessor() {
    var busy = BusyTime()
    busy.measure { Thread.sleep(forTimeInterval: 0.05) }
    #expect(busy.wall >= .milliseconds(50) && busy.processor < .milliseconds(25))
    #expect(busy.waitingForProcessor == busy.wall - busy.processor)
  }

  @Test func workThatThrowsCountsToo() {
    struct Failure: Error {}
    var busy = BusyTime()
    #expect(throws: Failure.self) {
      try busy.measure {
        spin(.milliseconds(5))
        throw Failure()
      }
    }
    #expect(busy.processor >= .milliseconds(5))
  }
}
