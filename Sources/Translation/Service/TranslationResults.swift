/// Results of a service in the order of their lines, as they are ready.
///
/// Each iteration translates the lines anew.
public struct TranslationResults: AsyncSequence, Sendable {
  /// What became of a line.
  public typealias Element = TranslationResult
  /// ``TranslationError``, what the lines failed with, or `CancellationError`.
  public typealias Failure = any Error

  let open: @Sendable () throws -> OpenCall
  let feed: @Sendable (OpenCall) async -> Void

  /// Begins at the first line.
  public func makeAsyncIterator() -> Iterator { Iterator(results: self) }

  /// The results that were not taken.
  public struct Iterator: AsyncIteratorProtocol {
    private enum State {
      case before(TranslationResults)
      case during(Work)
      case after
    }

    private var state: State
    private var ready: ArraySlice<TranslationResult> = []

    init(results: TranslationResults) { state = .before(results) }

    /// The next result, waiting for it if need be.
    ///
    /// - Returns: nil behind the last.
    /// - Throws: ``TranslationError``, what the lines failed with, or `CancellationError`; then there are no more.
    public mutating func next() async throws -> TranslationResult? {
      if let result = ready.popFirst() { return result }
      guard let work = try begin() else { return nil }
      // Whatever is thrown, it is over.
      state = .after
      let next = try await withTaskCancellationHandler {
        try await work.call.next()
      } onCancel: {
        work.call.close()
      }
      guard let next else { return nil }
      (state, ready) = (.during(work), next[...])
      return ready.popFirst()
    }

    private mutating func begin() throws -> Work? {
      switch state {
      case .before(let results): try Work(results)
      case .during(let work): work
      case .after: nil
      }
    }
  }

  /// A call, and the task that gives it its lines; both end with the iterator.
  private final class Work: Sendable {
    let call: OpenCall
    private let feeding: Task<Void, Never>

    init(_ results: TranslationResults) throws {
      let call = try results.open()
      self.call = call
      feeding = Task { [feed = results.feed] in await feed(call) }
    }

    deinit {
      call.close()
      feeding.cancel()
    }
  }
}
