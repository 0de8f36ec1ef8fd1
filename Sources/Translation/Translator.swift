public import Decoding
public import Files
public import Text
import Tokens

/// Translates text with a trained model.
///
///     let translator = try Translator(modelFolder: "model")
///     let results = try translator.translate(["Hello world."])
///     print(results[0].text)
///
/// A translator is a value without state: any number of threads may use it at once.
public struct Translator: Sendable {
  /// How it works.
  public let options: TranslationOptions
  private let decoder: any BatchDecoder
  private let pipeline: TextPipeline
  private let tag: LineTag

  /// A translator that searches with a model that predicts token by token, as ``TranslationOptions/search`` says.
  ///
  /// - Throws: ``TranslationError`` if an option is out of its range, if the model's vocabulary is not the
  ///   pipeline's, or if that has no such tag as is asked for.
  public init(
    model: some StepwiseModel & Sendable, pipeline: TextPipeline,
    options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try self.init(model: model, pipeline: pipeline, options: options, plan: options.makePlan())
  }

  init(
    model: some StepwiseModel & Sendable, pipeline: TextPipeline, options: TranslationOptions,
    plan: SearchPlan
  ) throws(TranslationError) {
    try self.init(
      checked: options, decoder: AutoregressiveDecoder(model, strategy: plan.makeStrategy()),
      pipeline: pipeline)
  }

  /// A translator from its parts.
  ///
  /// - Throws: ``TranslationError`` if an option is out of its range, or if the decoder's vocabulary is not the
  ///   pipeline's.
  public init(decoder: any BatchDecoder, pipeline: TextPipeline, options: TranslationOptions)
    throws(TranslationError)
  {
    try options.validate()
    try self.init(checked: options, decoder: decoder, pipeline: pipeline)
  }

  /// A translator whose options have been checked.
  init(checked options: TranslationOptions, decoder: any BatchDecoder, pipeline: TextPipeline)
    throws(TranslationError)
  {
    let size = pipeline.vocabularySize(.target)
    guard size == decoder.vocabularySize else {
      throw .vocabularySize(vocabulary: size, model: decoder.vocabularySize)
    }
    guard pipeline.specialTokens == decoder.specialTokens else {
      throw .specialTokens(vocabulary: pipeline.specialTokens, model: decoder.specialTokens)
    }
    guard pipeline.tags.isEmpty || decoder.maxLength > 2 else {
      throw .noRoomForTag(maxLength: decoder.maxLength)
    }
    do { tag = try LineTag(options.sourceTag, in: pipeline) } catch { throw .tag(error) }
    (self.decoder, self.pipeline, self.options) = (decoder, pipeline, options)
  }

  /// Translates lines.
  ///
  /// - Parameter lines: one sentence each, or more; a blank line's translation is empty.
  /// - Returns: a result for each line, in order.
  /// - Throws: ``TranslationError/damagedModel(line:)``.
  public func translate(_ lines: [String]) throws -> [TranslationResult] {
    var results: [TranslationResult] = []
    results.reserveCapacity(lines.count)
    try run(ArraySource(lines)) { results += $0 }
    return results
  }

  /// Translates a file or stream as it comes.
  ///
  /// A bounded number of lines is in memory at a time. Where lines arrive slowly they are translated at once.
  ///
  /// - Parameters:
  ///   - reader: where the lines come from.
  ///   - emit: takes the results, in the order of the lines, some at a time; what it throws ends the work.
  /// - Throws: `FileError` if reading fails, ``TranslationError/damagedModel(line:)``, and what `emit` throws.
  public func translate(_ reader: LineReader, emit: ([TranslationResult]) throws -> Void) throws {
    try run(ReaderSource(reader: reader), emit: emit)
  }

  private func run(_ source: some LineSource, emit: ([TranslationResult]) throws -> Void) throws {
    let pool = WorkerPool(threads: options.threads, run: search)
    try withoutActuallyEscaping(emit) { emit in
      var stream = TranslationStream(
        source, options: options,
        preparation: LinePreparation(pipeline: pipeline, tag: tag, maxSourceLength: maxSourceLength),
        pool: pool, emit: emit)
      try stream.run()
    }
  }

  /// Tokens of a piece, its tag and `</s>` not counted.
  private var maxSourceLength: Int {
    max(1, min(options.maxSourceLength, decoder.maxLength - (pipeline.tags.isEmpty ? 1 : 2)))
  }

  /// Translates a batch; runs on any thread.
  @Sendable private func search(_ job: TranslationJob) -> [PieceTranslation] {
    let found = decoder.decode(job.input(endingIn: pipeline.specialTokens.end))
    return zip(job.pieces, found).map { piece, hypotheses in
      PieceTranslation(
        line: piece.line, index: piece.index,
        alternatives: hypotheses.map {
          .init(text: pipeline.decode($0.tokens, unknowns: piece.sentence.unknowns), hypothesis: $0)
        })
    }
  }
}
