import Machine

/// The files that a server translates and keeps until they are fetched, in memory.
final class DocumentJobs: Sendable {
  /// How far a file is.
  enum Status: Sendable, Equatable {
    case queued
    case translating(done: Int, total: Int)
    case done(characters: Int)
    case failed(message: String)
  }

  /// A file that is translated.
  struct Result: Sendable, Equatable {
    var name: String
    var format: FileFormat
    var contents: [UInt8]
  }

  /// What translates a file: it is given a function that takes progress.
  typealias Work =
    @Sendable (_ progress: @escaping @Sendable (Int, Int) -> Void) async throws -> (
      contents: [UInt8], characters: Int
    )

  fileprivate struct Job: Sendable {
    let key: String
    let format: FileFormat
    let name: String
    var status = Status.queued
    var contents: [UInt8] = []
    /// The bytes that count against the limit.
    var bytes: Int
    var start: ContinuousClock.Instant?
    /// When it is forgotten; nil while it is translated.
    var end: ContinuousClock.Instant?
    var task: Task<Void, Never>?
  }

  fileprivate struct State: Sendable {
    var jobs: [String: Job] = [:]
    var bytes = 0
    var running = 0
    /// The jobs that wait for their turn, in order.
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isEnding = false
  }

  private let limits: DocumentLimits
  private let state = Monitor(State())

  init(_ limits: DocumentLimits) { self.limits = limits }

  /// Begins to translate a file; nil if there are too many.
  ///
  /// - Parameters:
  ///   - name: the name of the file, safe for headers.
  ///   - format: its format.
  ///   - size: its size in bytes.
  ///   - describe: says in words why work failed.
  ///   - work: translates it.
  /// - Returns: the identifier and the key, with which it is fetched.
  func start(
    name: String, format: FileFormat, size: Int, describe: @escaping @Sendable (any Error) -> String,
    work: @escaping Work
  ) -> (id: String, key: String)? {
    let (id, key) = (RandomText.uuid(), RandomText.digits(64))
    let isAdded = state.withLock { state in
      state.removeOld()
      guard !state.isEnding, state.jobs.count < limits.files, state.bytes + size <= limits.bytes else {
        return false
      }
      state.jobs[id] = Job(key: key, format: format, name: name, bytes: size)
      state.bytes += size
      return true
    }
    guard isAdded else { return nil }
    let task = Task { await run(id, describe, work) }
    state.withLock { state in
      state.jobs[id]?.task = task
      // The end may have come first.
      if state.isEnding { task.cancel() }
    }
    return (id, key)
  }

  private func run(_ id: String, _ describe: @Sendable (any Error) -> String, _ work: Work) async {
    await waitForTurn()
    defer { endTurn() }
    do {
      try Task.checkCancellation()
      state.withLock { state in
        state.jobs[id]?.status = .translating(done: 0, total: 0)
        state.jobs[id]?.start = .now
      }
      let (contents, characters) = try await work { [state] done, total in
        state.withLock { $0.jobs[id]?.status = .translating(done: done, total: total) }
      }
      try Task.checkCancellation()
      finish(id, contents, .done(characters: characters))
    } catch {
      finish(id, [], .failed(message: describe(error)))
    }
  }

  private func finish(_ id: String, _ contents: [UInt8], _ status: Status) {
    state.withLock { state in
      guard var job = state.jobs[id] else { return }
      let others = state.bytes - job.bytes
      (job.status, job.contents) = (status, contents)
      if others + contents.count > limits.bytes {
        (job.status, job.contents) = (
          .failed(message: "the server keeps too many files, try again later"), []
        )
      }
      job.bytes = job.contents.count
      state.bytes = others + job.bytes
      (job.end, job.task) = (.now + limits.lifetime, nil)
      state.jobs[id] = job
    }
  }

  // MARK: - Turns

  private func waitForTurn() async {
    await withCheckedContinuation { continuation in
      let isNext = state.withLock { state in
        guard state.running < limits.running else {
          state.waiting.append(continuation)
          return false
        }
        state.running += 1
        return true
      }
      if isNext { continuation.resume() }
    }
  }

  private func endTurn() {
    let next = state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.running -= 1
        return nil as CheckedContinuation<Void, Never>?
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }

  // MARK: - Fetching

  /// How far a file is, and the seconds until it is translated, if they are known; nil for a wrong identifier or key.
  func status(_ id: String, key: String) -> (status: Status, secondsLeft: Int?)? {
    state.withLock { state in
      state.removeOld()
      guard let job = state.jobs[id], areEqual(job.key, key) else { return nil }
      guard case .translating(let done, let total) = job.status, done > 0, let start = job.start else {
        return (job.status, nil)
      }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      return (job.status, max(1, Int((seconds * Double(total - done) / Double(done)).rounded(.up))))
    }
  }

  /// A translated file, which is then forgotten; nil for a wrong identifier or key, or before it is translated.
  func take(_ id: String, key: String) -> Result? {
    state.withLock { state in
      state.removeOld()
      guard let job = state.jobs[id], areEqual(job.key, key), case .done = job.status else { return nil }
      state.remove(id)
      return Result(name: job.name, format: job.format, contents: job.contents)
    }
  }

  /// A translated file, which is kept; nil for a wrong identifier or name.
  func file(_ id: String, name: String) -> Result? {
    state.withLock { state in
      state.removeOld()
      guard let job = state.jobs[id], job.name == name, case .done = job.status else { return nil }
      return Result(name: job.name, format: job.format, contents: job.contents)
    }
  }

  /// Waits until a file is translated, and forgets it if the waiting task is canceled.
  func wait(_ id: String) async -> Status? {
    await withTaskCancellationHandler {
      await state.withLock { $0.jobs[id]?.task }?.value
      return state.withLock { $0.jobs[id]?.status }
    } onCancel: {
      cancel(id)
    }
  }

  /// Ends the translation of a file, and forgets it.
  func cancel(_ id: String) {
    state.withLock { state in
      state.jobs[id]?.task?.cancel()
      state.remove(id)
    }
  }

  /// Ends all translations and waits for that; forgets all files.
  func end() async {
    let tasks = state.withLock { state in
      state.isEnding = true
      let tasks = state.jobs.values.compactMap(\.task)
      for id in state.jobs.keys { state.remove(id) }
      return tasks
    }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }
}

extension DocumentJobs.State {
  fileprivate mutating func remove(_ id: String) {
    if let job = jobs.removeValue(forKey: id) { bytes -= job.bytes }
  }

  /// Forgets what was not fetched in time.
  fileprivate mutating func removeOld() {
    let now = ContinuousClock.now
    for (id, job) in jobs { if let end = job.end, end <= now { remove(id) } }
  }
}

/// Compares secrets in a time that does not depend on where they differ.
private func areEqual(_ left: String, _ right: String) -> Bool {
  SecretDigest(of: left).matches(SecretDigest(of: right).bytes)
}
