import Files
import HTTPServer
import Terminology
import Text

/// The page of the server, and the requests of its script.
///
/// Languages, limits and errors are those of LibreTranslate's interface.
struct PageAPI: Sendable {
  /// The most characters of a sentence for whose translation other words are wanted, and of that translation.
  static let mostSentenceCharacters = 2000

  let libre: LibreTranslateAPI

  private typealias Refusal = LibreTranslateAPI.Refusal

  /// Answers a request; nil if the path is not one of the page.
  func respond(to request: HTTPRequest) async -> HTTPResponse? {
    do {
      switch (request.method, request.path) {
      case ("GET", "/"), ("HEAD", "/"):
        return PageFiles.answer(try PageForm(libre, request.query).html, .page, to: request)
      case ("POST", "/"): return try await submit(request)
      case ("GET", "/page.css"), ("HEAD", "/page.css"):
        return PageFiles.answer(PageFiles.style, .style, to: request)
      case ("GET", "/page.js"), ("HEAD", "/page.js"):
        return PageFiles.answer(PageFiles.script, .script, to: request)
      case ("POST", "/page/translate"): return HTTPResponse(try await translate(request))
      case ("POST", "/page/alternatives"): return HTTPResponse(try await alternatives(request))
      default: return nil
      }
    } catch {
      return LibreTranslateAPI.answer(error)
    }
  }

  /// Translates what was entered into the form, for browsers without scripts.
  private func submit(_ request: HTTPRequest) async throws -> HTTPResponse {
    let fields = try libre.fields(of: request)
    var form = try PageForm(libre, fields)
    let failure = await form.translate { try libre.caller(request, fields) }
    var response = PageFiles.answer(form.html, .page, to: request)
    response.headers["Cache-Control"] = "no-store"
    if let failure {
      response.status = failure.status
      response.headers["Retry-After"] = failure.headers["Retry-After"]
    }
    return response
  }
}

// MARK: - Requests of the script

extension PageAPI {
  /// The sentences of a text.
  private func translate(_ request: HTTPRequest) async throws -> JSONTree {
    let fields = try libre.fields(of: request)
    let caller = try libre.caller(request, fields)
    guard let text = fields["text"], !text.isEmpty else { throw libre.missing("text") }
    try libre.requireLimits([text], isBatch: false)
    guard let code = fields["source"], !code.isEmpty else { throw libre.missing("source") }
    let guess = code == "auto" ? libre.guess(text) : nil
    let source = try libre.sources(of: [text], code: code, guess.map { [$0] })[0]
    let target = try target(fields)
    let translator = SentenceTranslator(
      // Text without words is the same in every language.
      translator: libre.translator, source: source ?? target, target: target, glossary: try glossary(fields),
      client: caller.identity)
    let characters = text.unicodeScalars.count
    try libre.access.charge(caller, texts: 1, characters: characters)
    let translated = try await namingRoute(source, target) { try await translator.translate(text) }
    libre.access.usage.add(characters, key: caller.key)
    var members: [JSONTree.Member] = []
    if let guess, guess.confidence > 0 {
      members.append(.init(key: "detected", value: guess.json))
      members.append(.init(key: "detectedName", value: .string(guess.language?.name ?? guess.code)))
    }
    return .object(
      members + [
        .init(key: "alternatives", value: .bool(translated.hasAlternatives)),
        .init(key: "glossary", value: .bool(translated.usesGlossary)),
        .init(key: "sentences", value: .array(translated.sentences.map(\.json))),
      ])
  }

  /// The likely words at a place of a sentence's translation.
  private func alternatives(_ request: HTTPRequest) async throws -> JSONTree {
    let fields = try libre.fields(of: request)
    let caller = try libre.caller(request, fields)
    guard let sentence = fields["sentence"], !sentence.isEmpty else { throw libre.missing("sentence") }
    guard let before = fields["before"] else { throw libre.missing("before") }
    guard let code = fields["source"], !code.isEmpty else { throw libre.missing("source") }
    try libre.requireLimits([sentence, before], isBatch: false)
    for text in [sentence, before] {
      guard !text.unicodeScalars.contains("\n") else {
        throw Refusal(message: "Invalid request: a sentence has no line end")
      }
      let count = text.unicodeScalars.count
      guard count <= Self.mostSentenceCharacters else {
        throw Refusal(
          message: "There are no other words for a sentence of \(count) characters; at most "
            + "\(Self.mostSentenceCharacters) are possible")
      }
    }
    guard let source = try libre.sources(of: [sentence], code: code, nil)[0] else { return .members([:]) }
    let target = try target(fields)
    let translator = SentenceTranslator(
      translator: libre.translator, source: source, target: target, glossary: try glossary(fields),
      client: caller.identity)
    let characters = sentence.unicodeScalars.count
    try libre.access.charge(caller, texts: 1, characters: characters)
    let found = try await namingRoute(source, target) {
      try await translator.alternatives(of: sentence, after: withoutSpaceAtEnd(before))
    }
    libre.access.usage.add(characters, key: caller.key)
    return .members([
      "alternatives": .array(
        found.map { alternative in
          .members([
            "word": .string(alternative.word), "probability": .probability(alternative.probability),
            "sentence": alternative.sentence.json,
          ])
        })
    ])
  }

  private func target(_ fields: RequestFields) throws -> Language {
    guard let code = fields["target"], !code.isEmpty else { throw libre.missing("target") }
    return try libre.target(code: code)
  }

  /// Names the languages between which there is no model.
  private func namingRoute<Result>(
    _ source: Language?, _ target: Language, _ body: () async throws -> Result
  ) async throws -> Result {
    do { return try await body() } catch TextJobError.noRoute {
      throw libre.noRoute(from: source, to: target)
    }
  }
}

private func withoutSpaceAtEnd(_ text: String) -> String {
  String(text.prefix(text.count - text.reversed().prefix { $0.isWhitespace }.count))
}
