package import Confidence
public import Decoding
package import ModelFormats
public import Models
internal import Tensors
import Terminology
public import Text
import Tokens

/// Translates for many concurrent callers, for use in a server.
///
///     let service = try TranslationService(modelFolder: "model")
///     let results = try await service.translate(["Hello world."])
///     print(results[0].text)
///
/// All calls share one model in memory, the service's threads, its word caches, and batches. An idle thread starts
/// immediately. While all threads are busy, sentences from all calls queue up, and the next free thread takes those
/// that go together. No result depends on what else the service does.
///
/// Each call has its own ``TranslationRequest``. Calls get equal shares of the threads: one with a million lines does
/// not keep one with a single line waiting, nor does a client with a thousand calls keep another one waiting, if they say whose
/// they are (``TranslationRequest/client``). ``TranslationOptions/waitingTokens`` bounds the lines that wait: above that
/// limit, calls are suspended, and if more than ``TranslationOptions/waitingCalls`` are, further ones are refused. When
/// the task of a call is cancelled, its lines leave the queue; a batch that is already running is finished for the
/// other calls in it.
///
/// The service has its own threads, so waiting tasks do not block Swift's. The threads end with ``shutDown()`` or when
/// the last reference to the service is released.
public final class TranslationService: Sendable {
  /// How much of the machine the service uses.
  public let options: TranslationOptions
  private let model: ServedModel
  private let pipeline: TextPipeline
  private let splitter: SentenceSplitter
  private let termCheck, formCheck: TermCheck
  private let matchers: TermMatcherCache
  /// What the model's probabilities are worth; nil if it was not calibrated.
  private let confidence: ConfidenceMap?
  /// The codes of the languages between which the model translates; empty if they are not known.
  public var languages: (source: String, target: String) {
    (pipeline.settings.sourceLanguage, pipeline.settings.targetLanguage)
  }
  let core: ServiceCore

  /// A service with a model that has one decoder or two; each request chooses between them.
  ///
  /// - Throws: ``TranslationError`` if an option is out of range, the vocabularies of model and pipeline differ, or the
  ///   system refuses to start the threads.
  public convenience init(
    trained model: TrainedTransformer, pipeline: TextPipeline,
    options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(.trained(model, nil), pipeline: pipeline, options: options)
  }

  /// The same with a lexical shortlist, and with what the model's probabilities are worth.
  package convenience init(
    trained model: TrainedTransformer, shortlist: LexicalShortlist?, confidence: ConfidenceMap? = nil,
    pipeline: TextPipeline, options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(.trained(model, shortlist), confidence: confidence, pipeline: pipeline, options: options)
  }

  /// A service with any autoregressive model.
  ///
  /// - Throws: as ``init(trained:pipeline:options:)``.
  public convenience init(
    model: some StepwiseModel & Sendable, pipeline: TextPipeline,
    options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(.stepwise(model), pipeline: pipeline, options: options)
  }

  /// A service with a custom decoder, which ignores the search options of requests.
  ///
  /// - Throws: as ``init(trained:pipeline:options:)``.
  public convenience init(
    decoder: any BatchDecoder, pipeline: TextPipeline, options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(.decoder(decoder), pipeline: pipeline, options: options)
  }

  private init(
    _ model: ServedModel, confidence: ConfidenceMap? = nil, pipeline: TextPipeline,
    options: TranslationOptions
  ) throws(TranslationError) {
    try options.validate()
    let size = pipeline.vocabularySize(.target)
    guard size == model.vocabularySize else {
      throw .vocabularySize(vocabulary: size, model: model.vocabularySize)
    }
    guard pipeline.specialTokens.suit(model: model.specialTokens) else {
      throw .specialTokens(vocabulary: pipeline.specialTokens, model: model.specialTokens)
    }
    guard pipeline.tags.isEmpty || model.maxLength > 2 else {
      throw .noRoomForTag(maxLength: model.maxLength)
    }
    (self.model, self.pipeline, self.options) = (model, pipeline, options)
    self.confidence = confidence
    splitter = pipeline.makeSentenceSplitter(.source)
    termCheck = TermCheck(language: pipeline.settings.targetLanguage)
    matchers = TermMatcherCache(language: pipeline.settings.sourceLanguage)
    formCheck = TermCheck(language: pipeline.settings.targetLanguage, acceptsForms: true)
    core = ServiceCore(pipeline: pipeline, options: options)
    try core.start(threads: options.threads)
  }

  deinit { core.shutDown() }

  /// Ends the service: open and later calls fail with ``TranslationError/shutDown``, and the threads end when they have
  /// finished their batches.
  ///
  /// To let calls finish, await their tasks first.
  public func shutDown() { core.shutDown() }

  // MARK: - Translating

  /// Translates lines.
  ///
  /// - Parameters:
  ///   - lines: one sentence each, or more; a blank line's translation is empty.
  ///   - request: which translations to find.
  /// - Returns: a result for each line, in order.
  /// - Throws: ``TranslationError``, or `CancellationError` if the task was cancelled.
  public func translate(_ lines: [String], _ request: TranslationRequest = TranslationRequest()) async throws
    -> [TranslationResult]
  {
    try await translate(guided: lines.map { SourceLine($0) }, request)
  }

  /// Translates lines that may each ask for something else.
  ///
  /// - Parameters:
  ///   - lines: one sentence each, or more.
  ///   - request: which translations to find.
  /// - Returns: a result for each line, in order.
  /// - Throws: as ``translate(_:_:)``.
  public func translate(
    guided lines: [SourceLine], _ request: TranslationRequest = TranslationRequest()
  ) async throws -> [TranslationResult] {
    for line in lines { try requirePatterns(line.protectedPatterns) }
    let call = try open(request)
    return try await withTaskCancellationHandler {
      async let feeding: Void = call.feed(lines)
      // After the `async let`, so that it runs first: leaving the scope waits for the feeding, and lines that are
      // suspended stay so until the call is closed.
      defer { call.close() }
      var results: [TranslationResult] = []
      results.reserveCapacity(lines.count)
      while let next = try await call.next() { results += next }
      await feeding
      return results
    } onCancel: {
      call.close()
    }
  }

  /// Translates lines as they arrive and returns results as they become ready.
  ///
  /// The number of lines in memory is bounded, however slowly results are consumed. If lines arrive slowly, each is
  /// translated on arrival.
  ///
  /// - Parameters:
  ///   - lines: one sentence each, or more; an error that the sequence throws is rethrown after the results of the
  ///     lines
  ///     before it.
  ///   - request: which translations to find.
  /// - Returns: a result for each line, in order. The work begins when the first one is requested, and ends when the
  ///   iterator is released or its task is cancelled.
  /// - Throws: ``TranslationError`` for a request that the model cannot fulfill.
  public func results<Lines: AsyncSequence & Sendable>(
    of lines: Lines, _ request: TranslationRequest = TranslationRequest()
  ) throws(TranslationError) -> TranslationResults where Lines.Element == String {
    try validate(request)
    return TranslationResults(open: { try self.open(request) }, feed: { await $0.feed(lines) })
  }

  /// Translates many lines and returns results as they become ready; see ``results(of:_:)``.
  public func results(of lines: [String], _ request: TranslationRequest = TranslationRequest())
    throws(TranslationError) -> TranslationResults
  {
    try results(guided: lines.map { SourceLine($0) }, request)
  }

  /// Translates lines that may each ask for something else, and returns results as they become ready; see ``results(of:_:)``.
  public func results(guided lines: [SourceLine], _ request: TranslationRequest = TranslationRequest())
    throws(TranslationError) -> TranslationResults
  {
    try validate(request)
    for line in lines { try requirePatterns(line.protectedPatterns) }
    return TranslationResults(open: { try self.open(request) }, feed: { await $0.feed(lines) })
  }

  // MARK: - Requests

  /// Checks that the model can fulfill a request.
  ///
  /// - Throws: the ``TranslationError`` that a call with this request would throw.
  public func validate(_ request: TranslationRequest) throws(TranslationError) {
    try request.validate()
    _ = try model.makeDecoder(model.plan(request))
    _ = try preparation(request)
    guard !request.reportsConfidence || confidence != nil else { throw .notCalibrated }
  }

  /// The options of a request that were set and change nothing, because of other options; each with the reason.
  ///
  /// Options that the model's decoder does not use at all are errors.
  ///
  /// - Throws: ``TranslationError`` if the model does not have the requested decoder.
  public func idleOptions(of request: TranslationRequest) throws(TranslationError) -> [String] {
    try model.kind(request).map { request.decoding.idleOptions(with: $0) } ?? []
  }

  /// What the matrix products of the model, or of each model of an ensemble, compute with, as names of `ComputeType`;
  /// empty for models of other programs.
  public var computeTypes: [String] { model.computeTypes.map(\.rawValue) }

  /// Begins a call.
  func open(_ request: TranslationRequest) throws(TranslationError) -> OpenCall {
    try validate(request)
    let plan = try model.plan(request)
    let decoder = try model.makeDecoder(plan)
    let chunker = LineChunker(try preparation(request), options: options)
    let id = try core.update { queue throws(TranslationError) in
      try queue.open(plan, decoder, client: request.client)
    }
    return OpenCall(
      self, core, id, chunker: chunker,
      isRanked: request.decoding.sampling == nil && request.minimumRisk == nil,
      termCheck: request.termUse == .annotate ? formCheck : termCheck,
      confidence: request.reportsConfidence ? confidence : nil)
  }

  private func preparation(_ request: TranslationRequest) throws(TranslationError) -> LinePreparation {
    let tag: LineTag
    do { tag = try LineTag(request.sourceTag, in: pipeline) } catch { throw .tag(error) }
    let marksTerms = pipeline.settings.marks.terms
    guard marksTerms || request.termUse?.annotates != true else { throw .noTermMarks }
    let use = request.termUse ?? (marksTerms ? .both : .require)
    // A piece also holds the tag and `</s>`.
    let longest = max(1, min(model.maxLength, 1_000_000) - (pipeline.tags.isEmpty ? 1 : 2))
    let limit = min(request.maxSourceLength, longest)
    return LinePreparation(
      pipeline: pipeline, tag: tag, splitter: splits(request) ? splitter : nil, maxSourceLength: limit,
      longestSource: longest,
      terms: request.glossary.map {
        TermPreparation(
          matchers.matcher($0, mode: request.termMatching.mode), use, pipeline, longestSource: longest)
      },
      termUse: use,
      forbidden: request.forbidden,
      alternativeCount: request.search.nBest > 1 ? request.search.nBest : 5,
      protection: request.protection, searchesAgain: request.decoding.sampling == nil,
      output: PieceOutput(
        reportsTokens: request.reportsTokens, reportsWords: request.needsWords,
        measuresTime: request.reportsTiming,
        risk: request.minimumRisk.map {
          RiskChoice(risk: $0, count: request.search.nBest, unknown: pipeline.specialTokens.unknown)
        }))
  }

  private func splits(_ request: TranslationRequest) -> Bool {
    switch request.sentenceSplitting {
    case .automatic: (pipeline.settings.sentencesPerLine ?? 1) < SentenceSplitting.paragraphs
    case .always: true
    case .never: false
    }
  }
}
