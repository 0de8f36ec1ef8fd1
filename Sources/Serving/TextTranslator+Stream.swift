import Text
import Translation

extension TextTranslator {
  /// Translates a plain text, and reports each sentence as soon as it and those before it are translated.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - source: its language.
  ///   - target: the language to translate to.
  ///   - client: whose share of the threads it has.
  ///   - emit: is called with the number of the sentence, from 0, its text, and its translation with the white space behind it;
  ///     it returns false to stop.
  /// - Returns: the whole translation.
  /// - Throws: as ``translate(_:)``.
  func stream(
    _ text: String, from source: Language, to target: Language, client: String?,
    emit: (_ number: Int, _ sentence: String, _ translation: String) -> Bool
  ) async throws -> String {
    guard let route = graph.route(from: source, to: target) else { throw TextJobError.noRoute }
    let pieces = SentencePieces(text, language: source).pieces
    var lines = pieces.map { SourceLine($0.text) }
    var whole = ""
    for (index, step) in route.enumerated() {
      var request = defaults
      (request.sourceTag, request.sentenceSplitting) = (step.direction.tag, .never)
      request.client = client
      let service = try await pool.service(step.path)
      if index + 1 < route.count {
        lines = try await service.translate(guided: lines, request).map { SourceLine($0.text) }
        continue
      }
      do {
        for try await result in try service.results(guided: lines, request) {
          let piece = pieces[result.lineNumber - 1]
          let translation = result.text + piece.space
          whole += translation
          if !emit(result.lineNumber - 1, piece.text, translation) { throw CancellationError() }
        }
      } catch TranslationError.overloaded {
        throw TextJobError.overloaded
      }
    }
    return route.isEmpty ? text : whole
  }
}
