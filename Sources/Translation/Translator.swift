public import Files

/// Translates text with a trained model, for one caller at a time.
///
///     let translator = try Translator(modelFolder: "model")
///     let results = try translator.translate(["Hello world."])
///     print(results[0].text)
///
/// It is the simple face of a ``TranslationService``: calls block their thread until the translations are there. In a
/// server, or anywhere else in a task, use the service itself.
public struct Translator: Sendable {
  /// What does the work.
  public let service: TranslationService
  /// What is asked of it.
  public let request: TranslationRequest

  /// A translator that asks a service.
  ///
  /// - Throws: ``TranslationError`` for a request that the service's model cannot fulfill.
  public init(_ service: TranslationService, request: TranslationRequest = TranslationRequest())
    throws(TranslationError)
  {
    try service.validate(request)
    (self.service, self.request) = (service, request)
  }

  /// A translator with the model of a folder that `train-translation` wrote.
  ///
  /// - Throws: ``TranslationError``, `ModelFolderError`, `FileError`, `VocabularyError` or `CheckpointError`, which name
  ///   the file and what is wrong with it.
  public init(
    modelFolder: String, request: TranslationRequest = TranslationRequest(),
    options: TranslationOptions = TranslationOptions()
  ) throws {
    try self.init(modelFolders: [modelFolder], request: request, options: options)
  }

  /// A translator with several models that predict together; their probabilities are averaged.
  ///
  /// - Parameters:
  ///   - modelFolders: one or more, all with the same vocabulary.
  ///   - request: which translations are looked for.
  ///   - options: how much of the machine is used.
  /// - Throws: as ``init(modelFolder:request:options:)``.
  public init(
    modelFolders: [String], request: TranslationRequest = TranslationRequest(),
    options: TranslationOptions = TranslationOptions()
  ) throws {
    // Before the models are read: a wrong value should not cost the time that takes.
    try request.validate()
    try self.init(TranslationService(modelFolders: modelFolders, options: options), request: request)
  }

  /// Translates lines.
  ///
  /// - Parameter lines: one sentence each, or more; a blank line's translation is empty.
  /// - Returns: a result for each line, in order.
  /// - Throws: ``TranslationError``.
  public func translate(_ lines: [String]) throws -> [TranslationResult] {
    var results: [TranslationResult] = []
    results.reserveCapacity(lines.count)
    try run(ArraySource(lines)) { results += $0 }
    return results
  }

  /// Translates a file or stream as it comes.
  ///
  /// A bounded number of lines is in memory at a time. Where lines arrive slowly, each is translated when it is there.
  ///
  /// - Parameters:
  ///   - reader: where the lines come from.
  ///   - emit: takes the results, in the order of the lines, some at a time; what it throws ends the work.
  /// - Throws: `FileError` if reading fails, ``TranslationError``, and what `emit` throws.
  public func translate(_ reader: LineReader, emit: ([TranslationResult]) throws -> Void) throws {
    try run(ReaderSource(reader: reader), emit: emit)
  }

  private func run(_ source: some LineSource, emit: ([TranslationResult]) throws -> Void) throws {
    let call = try service.open(request)
    defer { call.close() }
    var stream = TranslationStream(source, call: call)
    while let results = try stream.next() { try emit(results) }
  }
}
