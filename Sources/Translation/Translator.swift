public import Decoding
public import Files
public import Text

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
  private let model: any StepwiseModel
  private let pipeline: TextPipeline
  private let strategy: any SearchStrategy
  private let tag: LineTag

  /// A translator from its parts.
  ///
  /// - Throws: ``TranslationError`` if an option is out of its range, if the model's vocabulary is not the
  ///   pipeline's, or if that has no such tag as is asked for.
  public init(
    model: some StepwiseModel, pipeline: TextPipeline, options: TranslationOptions = TranslationOptions()
  ) throws(TranslationError) {
    try options.validate()
    let size = pipeline.vocabularySize(.target)
    guard size == model.vocabularySize else {
      throw .vocabularySize(folder: "", vocabulary: size, model: model.vocabularySize)
    }
    guard pipeline.tags.isEmpty || model.maxLength > 2 else {
      throw .noRoomForTag(maxLength: model.maxLength)
    }
    do { tag = try LineTag(options.sourceTag, in: pipeline) } catch { throw .tag(error) }
    do { strategy = try options.search.makeStrategy() } catch { throw .search(error) }
    (self.model, self.pipeline, self.options) = (model, pipeline, options)
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
    max(1, min(options.maxSourceLength, model.maxLength - (pipeline.tags.isEmpty ? 1 : 2)))
  }

  /// Translates a batch; runs on any thread.
  @Sendable private func search(_ job: TranslationJob) -> [PieceTranslation] {
    let found = strategy.search(job.source, numbers: job.numbers, model: model)
    return zip(job.pieces, found).map { piece, hypotheses in
      PieceTranslation(
        line: piece.line, index: piece.index,
        alternatives: hypotheses.map {
          .init(text: pipeline.decode($0.tokens, unknowns: piece.sentence.unknowns), hypothesis: $0)
        })
    }
  }
}
