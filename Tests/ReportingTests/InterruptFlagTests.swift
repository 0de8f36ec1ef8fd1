import Glibc
import Reporting
import Testing

/// Serialized, since signals belong to the whole process.
@Suite(.serialized) struct InterruptFlagTests {
  /// Sends a signal to the process and waits for its effect.
  ///
  /// Not with `raise`: tests run on threads that block signals; the main thread receives them.
  private static func send(_ number: Int32, until condition: () -> Bool) {
    kill(getpid(), number)
    for _ in 0..<5000 where !condition() { usleep(1000) }
  }

  @Test(arguments: [InterruptFlag.Signal.interrupt, .terminate, .hangUp])
  func aSignalRaisesTheFlagAndNothingElse(_ number: InterruptFlag.Signal) {
    let flag = InterruptFlag()
    defer { flag.restore() }
    #expect(!flag.isRaised)
    Self.send(number.rawValue) { flag.isRaised }
    #expect(flag.raisedSignal == number)
    #expect(!flag.takeRequest())
  }

  @Test func aNewFlagIsDown() {
    let first = InterruptFlag()
    Self.send(SIGTERM) { first.isRaised }
    #expect(first.isRaised)
    first.restore()
    let second = InterruptFlag()
    defer { second.restore() }
    #expect(!second.isRaised)
  }

  @Test func whatIsIgnoredStaysIgnored() {
    signal(SIGHUP, SIG_IGN)
    defer { signal(SIGHUP, SIG_DFL) }
    let flag = InterruptFlag()
    defer { flag.restore() }
    var polls = 0
    Self.send(SIGHUP) {
      polls += 1
      return polls > 20
    }
    #expect(!flag.isRaised)
  }

  /// As in a script's background: SIGINT is ignored there, and the other handlers must be restored all the same.
  @Test func allHandlersAreRestored() {
    signal(SIGINT, SIG_IGN)
    let flag = InterruptFlag()
    flag.restore()
    func address(_ handler: sighandler_t?) -> Int { unsafeBitCast(handler, to: Int.self) }
    #expect(address(signal(SIGTERM, SIG_DFL)) == address(SIG_DFL))
    #expect(address(signal(SIGHUP, SIG_DFL)) == address(SIG_DFL))
    #expect(address(signal(SIGINT, SIG_DFL)) == address(SIG_IGN))
  }

  @Test func aRequestIsTakenOnce() {
    let flag = InterruptFlag(watching: [.user])
    defer { flag.restore() }
    var isTaken = false
    Self.send(SIGUSR1) {
      isTaken = isTaken || flag.takeRequest()
      return isTaken
    }
    #expect(isTaken)
    #expect(!flag.isRaised)
    #expect(!flag.takeRequest())
  }

  @Test func whatWasThereBeforeIsThereAfter() {
    signal(SIGUSR1, SIG_IGN)
    let flag = InterruptFlag(watching: [.user])
    flag.restore()
    // This would end the process if the signal were not ignored again.
    var polls = 0
    Self.send(SIGUSR1) {
      polls += 1
      return polls > 20
    }
    #expect(!flag.takeRequest())
    signal(SIGUSR1, SIG_DFL)
  }

  @Test func aSecondInterruptEndsTheProcess() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      let flag = InterruptFlag()
      Self.send(SIGINT) { flag.isRaised }
      precondition(flag.isRaised)
      Self.send(SIGINT) { false }
    }
  }
}
