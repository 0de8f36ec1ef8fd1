/// Checks that the system starts some more threads at the same time, before something waits for them forever: Swift's own
/// threads are started again and again until it succeeds.
///
/// - Throws: ``ThreadError/refused``.
package func requireThreads(_ count: Int) throws(ThreadError) {
  let probe = Monitor(ThreadProbe())
  var started = 0
  while started < count, startThread({ run(probe) }) { started += 1 }
  // The threads end, so that their places are free.
  probe.withLock { $0.mayEnd = true }
  probe.signalAll()
  probe.wait { $0.ended == started ? () : nil }
  if started < count { throw .refused }
}

private struct ThreadProbe: Sendable {
  var mayEnd = false
  var ended = 0
}

private func run(_ probe: Monitor<ThreadProbe>) {
  probe.wait { $0.mayEnd ? () : nil }
  probe.withLock { $0.ended += 1 }
  probe.signalAll()
}
