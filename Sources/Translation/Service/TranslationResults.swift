/// Results of a service, in the order of their lines, as they become ready.
///
/// Each iteration translates the lines again.
public struct TranslationResults: AsyncSequence, Sendable {
  /// The result of one line.
  public typealias Element = TranslationResult
  /// ``TranslationError``, the error that ended the lines, or `CancellationError`.
  public typealias Failure = any Error

  let open: @Sendable () throws -> OpenCall
  let feed: @Sendable (OpenCall) async -> Void

  /// An iterator that begins at the first line.
  public func makeAsyncIterator() -> Iterator { Iterator(results: self) }

  /// Translates the lines and returns their results one by one.
  public struct Iterator: AsyncIteratorProtocol {
    private enum State {
      case before(TranslationResults)
      case during(Work)
      case after
    }

    private var state: State
    private var ready: ArraySlice<TranslationResult> = []

    init(results: TranslationResults) { state = .before(results) }

    /// Waits for the next result.
    ///
    /// - Returns: nil after the last one.
    /// - Throws: ``TranslationError``, the error that ended the lines, or `CancellationError`; no results follow an
    ///   error.
    public mutating func next() async throws -> TranslationResult? {
      if let result = ready.popFirst() { return result }
      guard let work = try begin() else { return nil }
      // An error ends the iteration.
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

  /// A call and the task that feeds it lines; both end with the iterator.
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
