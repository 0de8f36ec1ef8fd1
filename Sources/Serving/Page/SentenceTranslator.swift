import Decoding
import Terminology
import Text
import Translation

/// Translates text sentence by sentence, with what the page shows of each word.
struct SentenceTranslator: Sendable {
  let translator: TextTranslator
  let source, target: Language
  var glossary: [Glossary.Term] = []
  /// Whose share of the threads it has.
  let client: String

  /// The translation of a text.
  struct TranslatedText: Sendable {
    var sentences: [TranslatedSentence]
    /// Whether words can be replaced by others.
    var hasAlternatives = false
    /// Whether the glossary was used.
    var usesGlossary = false
  }

  /// A word that may be at a place of a translation, with the translation that goes on with it.
  struct Alternative: Sendable {
    var word: String
    var probability: Double
    var sentence: TranslatedSentence
  }

  /// Translates a text.
  ///
  /// - Throws: ``TextJobError``, `CancellationError` if the client went away, or the error of a model.
  func translate(_ text: String) async throws -> TranslatedText {
    let pieces = SentencePieces(text, language: source).pieces
    guard let (step, isDirect) = try lastStep else {
      return TranslatedText(sentences: pieces.map { TranslatedSentence(unchanged: $0) })
    }
    let lines = try await lastLines(pieces.map { SourceLine($0.text) })
    let service = try await translator.pool.service(step.path)
    let request = request(step, service, isDirect: isDirect)
    let results = try await refusingOverload { try await service.translate(guided: lines, request) }
    return TranslatedText(
      sentences: zip(pieces, results).map { piece, result in
        result.alternatives.first.map { TranslatedSentence(piece, $0, isDirect: isDirect) }
          ?? TranslatedSentence(unchanged: piece)
      }, hasAlternatives: service.refusal(of: request) { $0.guidesLines = true } == nil,
      usesGlossary: request.glossary != nil)
  }

  /// Finds the likely words at a place of a translation, most likely first.
  ///
  /// - Parameters:
  ///   - sentence: one sentence.
  ///   - before: the translation before the place.
  /// - Returns: the words, each with the whole translation, which begins as `before`.
  /// - Throws: as ``translate(_:)``.
  func alternatives(of sentence: String, after before: String) async throws -> [Alternative] {
    guard let (step, isDirect) = try lastStep else { return [] }
    let piece = SentencePieces.Piece(text: sentence, space: "")
    guard var line = try await lastLines([SourceLine(sentence)]).first else { return [] }
    let service = try await translator.pool.service(step.path)
    var request = request(step, service, isDirect: isDirect)
    request.guidesLines = true
    // With a space, the word before the place is finished.
    let prefix = before.isEmpty ? "" : before + " "
    (line.prefix, line.alternativesAt) = (prefix, prefix.unicodeScalars.count)
    let guided = line
    let found = try await refusingOverload { try await service.translate(guided: [guided], request) }
    let words = (found.first?.alternatives ?? []).compactMap { translation in
      translation.word.map { FoundWord(word: $0, translation: translation) }
    }
    return try await withTerms(words, after: before, line, request, service).map { found in
      Alternative(
        word: found.word.text, probability: found.word.probability,
        sentence: TranslatedSentence(piece, found.translation, isDirect: isDirect))
    }
  }
}

// MARK: - Steps

extension SentenceTranslator {
  /// The last model on the way, and whether it is the only one; nil from a language to itself.
  private var lastStep: (step: LanguageGraph.Step, isDirect: Bool)? {
    get throws {
      guard let route = translator.graph.route(from: source, to: target) else { throw TextJobError.noRoute }
      return route.last.map { ($0, route.count == 1) }
    }
  }

  /// What the last model reads.
  private func lastLines(_ lines: [SourceLine]) async throws -> [SourceLine] {
    var lines = lines
    for step in (translator.graph.route(from: source, to: target) ?? []).dropLast() {
      let service = try await translator.pool.service(step.path)
      let (read, request) = (lines, plainRequest(step))
      lines = try await refusingOverload {
        try await service.translate(guided: read, request).map { SourceLine($0.text) }
      }
    }
    return lines
  }

  private func plainRequest(_ step: LanguageGraph.Step) -> TranslationRequest {
    var request = translator.defaults
    (request.sourceTag, request.sentenceSplitting) = (step.direction.tag, .never)
    request.client = client
    return request
  }

  /// Asks a model for as much as it can say.
  ///
  /// Of a text in a third language, links, confidence and terms would not be those of the source.
  private func request(_ step: LanguageGraph.Step, _ service: TranslationService, isDirect: Bool)
    -> TranslationRequest
  {
    var request = plainRequest(step)
    request.reportsWords = true
    guard isDirect else { return request }
    let wishes: [(inout TranslationRequest) -> Void] = [
      { $0.alignsWords = true }, { $0.reportsConfidence = true },
      { $0.glossary = glossary.isEmpty ? nil : Glossary(glossary) },
    ]
    for wish in wishes where service.refusal(of: request, with: wish) == nil { wish(&request) }
    return request
  }

  private func refusingOverload<Result>(_ body: () async throws -> Result) async throws -> Result {
    do { return try await body() } catch TranslationError.overloaded { throw TextJobError.overloaded }
  }
}

// MARK: - Terms

extension SentenceTranslator {
  /// A word, and the translation that goes on with it.
  private struct FoundWord {
    var word: TranslationResult.Word
    var translation: TranslationResult.Alternative

    /// Whether the translation goes on, and lacks a term.
    var lacksTerm: Bool { !word.text.isEmpty && translation.terms.contains { $0.found == nil } }
  }

  /// Translations that lack terms of the glossary are completed again, from behind their word on.
  ///
  /// The search for words at a place does not look for terms; that for a translation with a given beginning does.
  private func withTerms(
    _ words: [FoundWord], after before: String, _ line: SourceLine, _ request: TranslationRequest,
    _ service: TranslationService
  ) async throws -> [FoundWord] {
    var words = words
    let places = words.indices.filter { words[$0].lacksTerm }
    guard !places.isEmpty else { return words }
    let lines = places.map { place in
      var line = line
      line.alternativesAt = nil
      line.prefix = beginning(of: words[place], after: before)
      return line
    }
    let completed = try await refusingOverload { try await service.translate(guided: lines, request) }
    for (place, result) in zip(places, completed) {
      if let best = result.alternatives.first { words[place].translation = best }
    }
    return words
  }

  /// A translation up to its word, as it is written there.
  private func beginning(of found: FoundWord, after before: String) -> String {
    let (text, word) = (found.translation.text, found.word.text)
    let rest = text.dropFirst(before.count)
    let space = rest.prefix { $0.isWhitespace }
    guard text.hasPrefix(before), rest.dropFirst(space.count).hasPrefix(word) else {
      return before + " " + word + " "
    }
    return text.prefix(before.count + space.count + word.count) + " "
  }
}
