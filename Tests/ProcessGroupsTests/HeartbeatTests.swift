import ProcessGroups
import Synchronization
import TestSupport
import Testing

@Suite struct HeartbeatTests {
  @Test func allLeaveTogether() {
    let lost = Mutex([Int]())
    let left = ThreadGroup.run(3) { group in
      let heartbeat = Heartbeat(group, limit: 600) { rank in lost.withLock { $0.append(rank) } }
      heartbeat?.leave()
      return heartbeat != nil
    }
    #expect(left == [true, true, true])
    #expect(lost.withLock { $0 } == [])
  }

  @Test func silenceIsNoticed() {
    let noticed = ThreadGroup.run(3) { group in
      // The second process gives no sign of life; only the one after it listens to it.
      guard group.rank != 1 else { return -1 }
      let lost = Mutex<Int?>(nil)
      let heartbeat = Heartbeat(group, limit: group.rank == 2 ? 0.3 : 600) { rank in
        lost.withLock { $0 = rank }
      }
      guard group.rank == 2 else { return -2 }
      var patience = Patience()
      while lost.withLock({ $0 }) == nil { patience.pause() }
      withExtendedLifetime(heartbeat) {}
      return lost.withLock { $0 } ?? -3
    }
    #expect(noticed == [-2, -1, 1])
  }
}
