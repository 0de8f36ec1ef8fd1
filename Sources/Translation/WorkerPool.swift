import Dispatch
import Synchronization

/// Runs jobs on at most a given number of threads; results come back in the order in which they are ready.
///
/// One thread submits and takes; jobs begin in the order of their submission.
final class WorkerPool<Job: Sendable, Output: Sendable>: Sendable {
  private struct Queue {
    var waiting: [Job] = []
    var results: [Output] = []
    var running = 0
    /// Jobs whose result has not been taken.
    var unfinished = 0
  }

  private let threads: Int
  private let run: @Sendable (Job) -> Output
  private let queue = Mutex(Queue())
  private let ready = DispatchSemaphore(value: 0)

  init(threads: Int, run: @escaping @Sendable (Job) -> Output) {
    self.threads = threads
    self.run = run
  }

  /// Jobs whose result has not been taken.
  var unfinished: Int { queue.withLock { $0.unfinished } }
  /// Jobs that no thread has begun.
  var waiting: Int { queue.withLock { $0.waiting.count } }
  /// Whether a thread has nothing to do.
  var hasIdleThread: Bool { queue.withLock { $0.running < threads } }

  func submit(_ job: Job) {
    let needsThread = queue.withLock { queue in
      queue.waiting.append(job)
      queue.unfinished += 1
      guard queue.running < threads else { return false }
      queue.running += 1
      return true
    }
    if needsThread { DispatchQueue.global().async { self.work() } }
  }

  /// Waits for a result.
  ///
  /// - Precondition: a job is unfinished.
  func next() -> Output {
    precondition(unfinished > 0, "no job to wait for")
    ready.wait()
    return queue.withLock { queue in
      queue.unfinished -= 1
      return queue.results.removeFirst()
    }
  }

  /// Forgets the jobs that no thread has begun.
  func cancel() {
    queue.withLock { queue in
      queue.unfinished -= queue.waiting.count
      queue.waiting = []
    }
  }

  private func work() {
    while let job = takeJob() {
      let output = run(job)
      queue.withLock { $0.results.append(output) }
      ready.signal()
    }
  }

  private func takeJob() -> Job? {
    queue.withLock { queue in
      guard queue.waiting.isEmpty else { return queue.waiting.removeFirst() }
      queue.running -= 1
      return nil
    }
  }
}
