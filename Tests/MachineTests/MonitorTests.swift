import Machine
import Testing

@Suite struct MonitorTests {
  @Test func onlyOneThreadTouchesTheState() {
    let count = Monitor(0)
    concurrently(8, threads: 8) { _ in
      for _ in 0..<1000 { count.withLock { $0 += 1 } }
    }
    #expect(count.withLock { $0 } == 8000)
  }

  @Test func aThreadWaitsUntilTheStateIsAsItNeedsIt() {
    struct Turns {
      var seen: [Int] = []
    }
    let (turns, threads) = (Monitor(Turns()), 4)
    for index in 0..<threads {
      #expect(
        startThread {
          for round in 0..<50 {
            let mine = round * threads + index
            turns.wait { turns -> Void? in turns.seen.count == mine ? turns.seen.append(mine) : nil }
            turns.signalAll()
          }
        })
    }
    turns.wait { $0.seen.count == 50 * threads ? () : nil }
    #expect(turns.withLock { $0.seen } == Array(0..<200))
  }

  @Test func whatTheBodyThrowsLeavesTheLockFree() {
    struct Refused: Error {}
    let state = Monitor(0)
    #expect(throws: Refused.self) { try state.withLock { _ throws(Refused) in throw Refused() } }
    #expect(state.withLock { $0 } == 0)
  }

  @Test func aThreadOfOurOwnRuns() {
    let done = Monitor(false)
    #expect(
      startThread {
        done.withLock { $0 = true }
        done.signalAll()
      })
    done.wait { $0 ? () : nil }
  }
}
