public import Decoding
public import Models
public import Text
import Tokens

/// Translates for many callers at the same time: the translator of a server.
///
///     let service = try TranslationService(modelFolder: "model")
///     let results = try await service.translate(["Hello world."])
///     print(results[0].text)
///
/// All calls share one model in memory, its threads, what is remembered of words, and batches: while all threads are
/// busy, sentences of whatever calls gather, and the next free thread takes the ones that go together. A thread that is
/// free begins immediately. No result depends on what else the service does.
///
/// Each call has its own ``TranslationRequest``. Calls get equal shares of the threads: one with a million lines does not
/// keep one with a single line waiting. Lines that wait are bounded by ``TranslationOptions/waitingTokens``: above that
/// calls are suspended, and above ``TranslationOptions/waitingCalls`` refused. When the task of a call is cancelled, its
/// lines leave the queue, and a batch that a thread has begun is finished for the others in it.
///
/// The threads are the service's own: a task that waits blocks none of Swift's. They end with the last reference to the
/// service, or with ``shutDown()``.
public final class TranslationService: Sendable {
  /// How much of the machine it uses.
  public let options: TranslationOptions
  private let model: ServedModel
  private let pipeline: TextPipeline
  let core: ServiceCore

  /// A service with a model, by whichever decoder a request asks for.
  ///
  /// - Throws: ``TranslationError`` if an option is out of its range, if the model's vocabulary is not the pipeline's, or
  ///   if the system refuses the threads.
  public convenience init(
    trained model: TrainedTransformer, pipeline: TextPipeline,
    options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(.trained(model), pipeline: pipeline, options: options)
  }

  /// A service that searches with any model that predicts token by token.
  ///
  /// - Throws: as ``init(trained:pipeline:options:)``.
  public convenience init(
    model: some StepwiseModel & Sendable, pipeline: TextPipeline,
    options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(.stepwise(model), pipeline: pipeline, options: options)
  }

  /// A service with a decoder of your own, which searches in its own way, whatever a request says of the search.
  ///
  /// - Throws: as ``init(trained:pipeline:options:)``.
  public convenience init(
    decoder: any BatchDecoder, pipeline: TextPipeline, options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(.decoder(decoder), pipeline: pipeline, options: options)
  }

  private init(_ model: ServedModel, pipeline: TextPipeline, options: TranslationOptions)
    throws(TranslationError)
  {
    try options.validate()
    let size = pipeline.vocabularySize(.target)
    guard size == model.vocabularySize else {
      throw .vocabularySize(vocabulary: size, model: model.vocabularySize)
    }
    guard pipeline.specialTokens == model.specialTokens else {
      throw .specialTokens(vocabulary: pipeline.specialTokens, model: model.specialTokens)
    }
    guard pipeline.tags.isEmpty || model.maxLength > 2 else {
      throw .noRoomForTag(maxLength: model.maxLength)
    }
    (self.model, self.pipeline, self.options) = (model, pipeline, options)
    core = ServiceCore(pipeline: pipeline, options: options)
    try core.start(threads: options.threads)
  }

  deinit { core.shutDown() }

  /// Ends the service: calls that wait fail with ``TranslationError/shutDown``, as all later ones do, and the threads end
  /// when they have finished their batches.
  ///
  /// To let calls finish, await their tasks first.
  public func shutDown() { core.shutDown() }

  // MARK: - Translating

  /// Translates lines.
  ///
  /// - Parameters:
  ///   - lines: one sentence each, or more; a blank line's translation is empty.
  ///   - request: what is looked for.
  /// - Returns: a result for each line, in order.
  /// - Throws: ``TranslationError``, or `CancellationError` where the task was cancelled.
  public func translate(_ lines: [String], _ request: TranslationRequest = TranslationRequest()) async throws
    -> [TranslationResult]
  {
    let call = try open(request)
    return try await withTaskCancellationHandler {
      defer { call.close() }
      async let feeding: Void = call.feed(lines)
      var results: [TranslationResult] = []
      results.reserveCapacity(lines.count)
      while let next = try await call.next() { results += next }
      await feeding
      return results
    } onCancel: {
      call.close()
    }
  }

  /// Translates lines as they come, and hands results over as they are ready.
  ///
  /// A bounded number of lines is in memory at a time, however slowly results are taken. Where lines come slowly, each is
  /// translated when it is there.
  ///
  /// - Parameters:
  ///   - lines: one sentence each, or more; what it throws ends the results, behind those of the lines before.
  ///   - request: what is looked for.
  /// - Returns: a result for each line, in order. The work begins when the first is asked for, and ends when they are no
  ///   longer held or their task is cancelled.
  /// - Throws: ``TranslationError`` for a request that the model cannot fulfill.
  public func results<Lines: AsyncSequence & Sendable>(
    of lines: Lines, _ request: TranslationRequest = TranslationRequest()
  ) throws(TranslationError) -> TranslationResults where Lines.Element == String {
    try validate(request)
    return TranslationResults(open: { try self.open(request) }, feed: { await $0.feed(lines) })
  }

  /// Translates many lines, and hands results over as they are ready; see ``results(of:_:)``.
  public func results(of lines: [String], _ request: TranslationRequest = TranslationRequest())
    throws(TranslationError) -> TranslationResults
  {
    try validate(request)
    return TranslationResults(open: { try self.open(request) }, feed: { await $0.feed(lines) })
  }

  // MARK: - Requests

  /// Makes sure that the model can fulfill a request.
  ///
  /// - Throws: ``TranslationError`` as a call with the request would.
  public func validate(_ request: TranslationRequest) throws(TranslationError) {
    try request.validate()
    _ = try model.makeDecoder(model.plan(request))
    _ = try preparation(request)
  }

  /// Begins a call.
  func open(_ request: TranslationRequest) throws(TranslationError) -> OpenCall {
    try request.validate()
    let plan = try model.plan(request)
    let decoder = try model.makeDecoder(plan)
    let chunker = LineChunker(try preparation(request), options: options)
    let id = try core.update { queue throws(TranslationError) in try queue.open(plan, decoder) }
    return OpenCall(self, core, id, chunker: chunker, isRanked: request.search.sampling == nil)
  }

  private func preparation(_ request: TranslationRequest) throws(TranslationError) -> LinePreparation {
    let tag: LineTag
    do { tag = try LineTag(request.sourceTag, in: pipeline) } catch { throw .tag(error) }
    // Its tag and `</s>` are tokens of a piece, too.
    let limit = max(1, min(request.maxSourceLength, model.maxLength - (pipeline.tags.isEmpty ? 1 : 2)))
    return LinePreparation(pipeline: pipeline, tag: tag, maxSourceLength: limit)
  }
}
