public import Files

/// Translates text with a trained model, for one caller at a time.
///
///     let translator = try Translator(modelFolder: "model")
///     let results = try translator.translate(["Hello world."])
///     print(results[0].text)
///
/// It is a simple, blocking interface to a ``TranslationService``: a call blocks its thread until the translations are
/// ready. In a server, or in any other asynchronous code, use the service itself.
public struct Translator: Sendable {
  /// The service that does the work.
  public let service: TranslationService
  /// Which translations to find.
  public let request: TranslationRequest

  /// A translator that uses a service.
  ///
  /// - Throws: ``TranslationError`` for a request that the service's model cannot fulfill.
  public init(_ service: TranslationService, request: TranslationRequest = TranslationRequest())
    throws(TranslationError)
  {
    try service.validate(request)
    (self.service, self.request) = (service, request)
  }

  /// A translator with the model in a folder written by `train-translation`.
  ///
  /// - Throws: ``TranslationError``, `ModelFolderError`, `FileError`, `VocabularyError` or `CheckpointError`, which
  ///   name the file and what is wrong with it.
  public init(
    modelFolder: String, request: TranslationRequest = TranslationRequest(),
    options: TranslationOptions = TranslationOptions()
  ) throws {
    try self.init(modelFolders: [modelFolder], request: request, options: options)
  }

  /// A translator with an ensemble of models, whose probabilities are averaged.
  ///
  /// - Parameters:
  ///   - modelFolders: one or more, all with the same vocabulary.
  ///   - request: which translations to find.
  ///   - options: how much of the machine to use.
  /// - Throws: the same errors as ``init(modelFolder:request:options:)``.
  public init(
    modelFolders: [String], request: TranslationRequest = TranslationRequest(),
    options: TranslationOptions = TranslationOptions()
  ) throws {
    // Fail before reading the models, which takes time.
    try request.validate()
    try self.init(TranslationService(modelFolders: modelFolders, options: options), request: request)
  }

  /// Translates lines.
  ///
  /// - Parameter lines: one sentence each, or more; a blank line's translation is empty.
  /// - Returns: a result for each line, in order.
  /// - Throws: ``TranslationError``.
  public func translate(_ lines: [String]) throws -> [TranslationResult] {
    try translate(guided: lines.map { SourceLine($0) })
  }

  /// Translates lines that may each ask for something else.
  ///
  /// - Returns: a result for each line, in order.
  /// - Throws: ``TranslationError``.
  public func translate(guided lines: [SourceLine]) throws -> [TranslationResult] {
    for line in lines { try requirePatterns(line.protectedPatterns) }
    var results: [TranslationResult] = []
    results.reserveCapacity(lines.count)
    try run(ArraySource(lines)) { results += $0 }
    return results
  }

  /// Translates a file or stream as its lines arrive.
  ///
  /// The number of lines in memory is bounded. If lines arrive slowly, each is translated on arrival. Lines have the
  /// numbers of the reader, on which results of sampling depend.
  ///
  /// - Parameters:
  ///   - reader: the lines, possibly only the rest of a file.
  ///   - format: how they are written.
  ///   - companion: lines of another file that belong to them; nil if there are none.
  ///   - alternativesAt: where the likely next words are wanted in lines that do not say it themselves; see
  ///     ``SourceLine/alternativesAt``.
  ///   - emit: called with some results at a time, in the order of the lines; an error that it throws ends the work.
  /// - Throws: `FileError` if reading fails, ``TranslationError``, and errors that `emit` throws.
  public func translate(
    _ reader: LineReader, format: LineFormat = .text, companion: CompanionLines? = nil,
    alternativesAt: Int? = nil, emit: ([TranslationResult]) throws -> Void
  ) throws {
    try run(
      ReaderSource(reader: reader, format: format, companion: companion, alternativesAt: alternativesAt),
      preceding: reader.lineNumber, emit: emit)
  }

  /// Translates lines for which someone is asked, each before the next one.
  ///
  /// - Parameters:
  ///   - format: how they are written.
  ///   - alternativesAt: where the likely next words are wanted in lines that do not say it themselves.
  ///   - ask: returns the next line as UTF-8; nil if there are no more.
  ///   - emit: called with the result of each line; an error that it throws ends the work.
  /// - Throws: `FileError` for a line that is not written in the format, ``TranslationError``, and what the closures throw.
  public func translate(
    format: LineFormat = .text, alternativesAt: Int? = nil, asking ask: @escaping () throws -> [UInt8]?,
    emit: ([TranslationResult]) throws -> Void
  ) throws {
    try run(PromptSource(format: format, alternativesAt: alternativesAt, ask: ask), emit: emit)
  }

  private func run(
    _ source: some LineSource, preceding: Int = 0, emit: ([TranslationResult]) throws -> Void
  ) throws {
    let call = try service.open(request)
    defer { call.close() }
    var stream = TranslationStream(source, call: call, preceding: preceding)
    while let results = try stream.next() { try emit(results) }
  }
}
