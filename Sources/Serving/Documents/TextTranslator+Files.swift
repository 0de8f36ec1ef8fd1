import LanguageIdentification
import Machine
import Text
import Translation

extension TextTranslator {
  /// The most lines that are translated together, between two reports of progress; texts of others wait so long.
  private static let chunk = 64

  /// Translates the text of a file.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - identifier: finds the language, if neither the request nor the file says it.
  ///   - progress: is told how many lines are done, and how many there are.
  /// - Returns: the file, and the number of characters that were translated.
  /// - Throws: `FileError` for damaged files and those in other languages, ``TextJobError``, `CancellationError`, or
  ///   the error of a model.
  func translate(
    _ file: FileRequest, _ identifier: LanguageIdentifier,
    progress: @Sendable (_ done: Int, _ total: Int) -> Void
  ) async throws -> (contents: [UInt8], characters: Int) {
    let text = try await onThread {
      try FileText(
        file.contents, file.format, path: file.name, source: file.source?.code ?? "", target: file.target.code
      )
    }
    let source = file.source ?? self.source(of: text, identifier)
    guard let source else { return (file.contents, 0) }
    var characters = 0
    let contents = try await text.filled { lines in
      characters += lines.reduce(0) { $0 + String(decoding: $1.text, as: UTF8.self).unicodeScalars.count }
      return try await translate(lines, from: source, file) { progress($0, lines.count) }
    }
    return (contents, characters)
  }

  /// The language that a file is in; nil if it has no words.
  private func source(of text: FileText, _ identifier: LanguageIdentifier) -> Language? {
    if let declared = graph.language(text.declaredSource, among: graph.sources) { return declared }
    var sample: [UInt8] = []
    for line in text.lines where sample.count < 8000 { sample += line.text.prefix(2000) + [0x0A] }
    let found = identifier.identify(
      String(decoding: sample, as: UTF8.self), among: Set(graph.sources.map(\.code)))
    return found.first.flatMap { graph.language($0.language, among: graph.sources) }
  }

  private func translate(
    _ lines: [SourceLine], from source: Language, _ file: FileRequest, progress: (Int) -> Void
  ) async throws -> [String] {
    guard let route = graph.route(from: source, to: file.target) else { throw TextJobError.noRoute }
    if file.glossary != nil, route.count > 1 { throw TextJobError.glossaryNeedsOneModel }
    guard !route.isEmpty else { return lines.map { String(decoding: $0.text, as: UTF8.self) } }
    var translations: [String] = []
    var job = TextJob([], from: source, to: file.target)
    (job.glossary, job.client) = (file.glossary, file.client)
    for start in stride(from: 0, to: lines.count, by: Self.chunk) {
      var part = Array(lines[start..<min(start + Self.chunk, lines.count)])
      for step in route { part = try await patiently { [job, part] in try await translate(part, step, job) } }
      translations += part.map { String(decoding: $0.text, as: UTF8.self) }
      progress(translations.count)
    }
    return translations
  }

  /// The best translation of each line by one model.
  private func translate(_ lines: [SourceLine], _ step: LanguageGraph.Step, _ job: TextJob) async throws
    -> [SourceLine]
  {
    try await translate(lines, step, job, isLast: true).enumerated().map { $1.first ?? lines[$0] }
  }

  /// Tries again while the server has more to do than it may keep waiting: a file has time.
  private func patiently<Result>(_ body: () async throws -> Result) async throws -> Result {
    for _ in 0..<1200 {
      do { return try await body() } catch TextJobError.overloaded {
        try await Task.sleep(for: .milliseconds(500))
      }
    }
    return try await body()
  }
}

/// Runs long work without suspension on a thread of its own, since those of tasks are few.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    let isStarted = startThread { continuation.resume(with: Swift.Result { try body() }) }
    if !isStarted { continuation.resume(throwing: TextJobError.overloaded) }
  }
}
