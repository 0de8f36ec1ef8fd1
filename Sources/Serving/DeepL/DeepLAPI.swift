import CorpusFormats
import Files
import HTTPServer
import LanguageIdentification
import Machine
import Text
import Translation

/// DeepL's interface: translation, documents, languages, usage and glossaries.
///
/// Source: https://developers.deepl.com/docs.
struct DeepLAPI: Sendable {
  /// The most texts of a request.
  static let mostTexts = 50
  /// The most bytes of a request's body.
  static let mostBytes = 128 << 10

  let graph: LanguageGraph
  let translator: TextTranslator
  let identifier: LanguageIdentifier
  let access: AccessControl
  let documents: DocumentJobs

  /// An answer that is an error.
  struct Refusal: Error, Equatable {
    var status = 400
    var message: String
  }

  /// Answers a request; nil if the path is not one of this interface.
  func respond(to request: HTTPRequest) async -> HTTPResponse? {
    guard request.path.hasPrefix("/v2/") || request.path.hasPrefix("/v3/") else { return nil }
    do {
      let fields = try RequestFields(request)
      let caller = try access.caller(key(request, fields), address: request.client)
      if let response = try respondToDocuments(request, fields, caller) { return response }
      switch (request.method, request.path) {
      case ("POST", "/v2/translate"): return HTTPResponse(try await translate(request, fields, caller))
      case ("GET", "/v2/languages"), ("POST", "/v2/languages"):
        return HTTPResponse(try languages(fields["type"] ?? "source"))
      case ("GET", "/v2/usage"), ("POST", "/v2/usage"): return HTTPResponse(try usage(caller))
      default:
        if let response = try glossaries(request, fields, owner: caller.key) { return response }
        throw Refusal(status: 404, message: "Not found: \(request.method) \(request.path)")
      }
    } catch {
      return Self.answer(error)
    }
  }

  /// The key that a request has in its header, or among its parameters.
  private func key(_ request: HTTPRequest, _ fields: RequestFields) -> String? {
    let scheme = "deepl-auth-key "
    if let field = request.headers["Authorization"], field.lowercased().hasPrefix(scheme) {
      return field.dropFirst(scheme.count).trimmingSpace
    }
    return fields["auth_key"]
  }

  private func usage(_ caller: AccessControl.Caller) throws -> JSONTree {
    let stored = try caller.key.isEmpty ? access.store.usageWithoutKey() : 0
    return .members([
      "character_count": .integer(stored + access.usedCharacters(caller)),
      // A number that nobody reaches says that there is no limit.
      "character_limit": .integer(caller.charactersPerMonth ?? 1_000_000_000_000),
    ])
  }

  // MARK: - Errors

  private static func answer(_ error: any Error) -> HTTPResponse {
    switch error {
    case let refusal as Refusal: return answer(refusal)
    case RequestFields.Failure.invalidJSON(let problem):
      return answer(Refusal(message: "Bad request. Reason: \(problem)"))
    case is RequestFields.Failure:
      return answer(Refusal(message: "Bad request. Reason: the form cannot be read"))
    case AccessControl.Refusal.keyRequired, AccessControl.Refusal.unknownKey:
      return answer(
        Refusal(
          status: 403, message: "Authorization failure: send a valid key as 'Authorization: DeepL-Auth-Key'"))
    case AccessControl.Refusal.quota(let limit):
      return answer(Refusal(status: 456, message: "Quota exceeded: \(limit) characters a month"))
    case AccessControl.Refusal.tooMany(let limit, let seconds):
      return later(
        seconds, Refusal(status: 429, message: "Too many requests: at most \(limit) texts a minute"))
    case TextJobError.overloaded: return later(1, Refusal(status: 429, message: "Too many requests"))
    case is CancellationError: return answer(Refusal(status: 499, message: "The client went away"))
    default: return answer(Refusal(status: 500, message: "Internal error: \(error)"))
    }
  }

  private static func later(_ seconds: Int, _ refusal: Refusal) -> HTTPResponse {
    var response = answer(refusal)
    response.headers["Retry-After"] = String(seconds)
    return response
  }

  private static func answer(_ refusal: Refusal) -> HTTPResponse {
    HTTPResponse(status: refusal.status, .members(["message": .string(refusal.message)]))
  }
}

// MARK: - Translating

extension DeepLAPI {
  private func translate(
    _ request: HTTPRequest, _ fields: RequestFields, _ caller: AccessControl.Caller
  ) async throws -> JSONTree {
    guard request.body.count <= Self.mostBytes else {
      throw Refusal(status: 413, message: "Request entity too large: at most \(Self.mostBytes) bytes")
    }
    let texts = fields.all("text")
    guard !texts.isEmpty else {
      throw Refusal(message: "Bad request. Reason: Value for 'text' not specified.")
    }
    guard texts.count <= Self.mostTexts else {
      throw Refusal(status: 413, message: "Too many texts: \(texts.count), at most \(Self.mostTexts)")
    }
    let target = try target(fields)
    let sources = try sources(of: texts, fields["source_lang"])
    try refuseUnsupported(fields)
    let glossary = try glossary(fields, sources, target, owner: caller.key)
    let format = try format(fields)
    let splitting = try splitting(fields, format)
    let counts = texts.map { $0.unicodeScalars.count }
    try access.charge(caller, texts: texts.count, characters: counts.reduce(0, +))
    var results = texts.map { TranslatedText(text: $0) }
    for source in Set(sources.map(\.language)).sorted(by: { $0.code < $1.code }) {
      let places = sources.indices.filter { sources[$0].language == source }
      var job = TextJob(places.map { texts[$0] }, from: source, to: target)
      (job.format, job.markup) = (format, markup(fields))
      (job.splitting, job.glossary, job.client) = (splitting, glossary, caller.identity)
      do {
        for (place, text) in zip(places, try await translator.translate(job)) { results[place] = text }
      } catch TextJobError.noRoute {
        throw noRoute(from: source, to: target)
      } catch TextJobError.glossaryNeedsOneModel {
        throw Refusal(
          message:
            "Bad request. Reason: from \(source.code.uppercased()) to \(target.code.uppercased()), two models "
            + "translate one after the other, and glossaries need one")
      } catch TextJobError.glossaryRefused(let reason) {
        throw Refusal(
          message:
            "Bad request. Reason: the model from \(source.code.uppercased()) to \(target.code.uppercased()) takes no "
            + "glossary: \(reason)")
      }
    }
    access.usage.add(counts.reduce(0, +), key: caller.key)
    let shows = fields["show_billed_characters"] == "true" || fields["show_billed_characters"] == "1"
    return .members([
      "translations": .array(
        results.indices.map { index in
          var members: [JSONTree.Member] = [
            .init(key: "detected_source_language", value: .string(sources[index].code)),
            .init(key: "text", value: .string(results[index].text)),
          ]
          if shows { members.append(.init(key: "billed_characters", value: .integer(counts[index]))) }
          if fields["model_type"] != nil {
            members.append(.init(key: "model_type_used", value: "quality_optimized"))
          }
          return .object(members)
        })
    ])
  }

  /// The error for languages between which there is no model.
  func noRoute(from source: Language, to target: Language) -> Refusal {
    Refusal(
      message: "Bad request. Reason: there is no model from \(source.code.uppercased()) to "
        + target.code.uppercased())
  }

  func target(_ fields: RequestFields) throws -> Language {
    guard let code = fields["target_lang"], !code.isEmpty else {
      throw Refusal(message: "Bad request. Reason: Value for 'target_lang' not specified.")
    }
    guard let target = graph.language(code, among: graph.languages) else {
      throw Refusal(message: "Bad request. Reason: Value for 'target_lang' not supported.")
    }
    return target
  }

  /// The language of each text, as given or as found, with the code that clients know.
  private func sources(of texts: [String], _ code: String?) throws -> [(language: Language, code: String)] {
    if let code, !code.isEmpty {
      guard let source = graph.language(code, among: graph.sources) else {
        throw Refusal(message: "Bad request. Reason: Value for 'source_lang' not supported.")
      }
      return texts.map { _ in (source, source.primary.uppercased()) }
    }
    return try texts.map { text in
      let found = identifier.identify(text, among: Set(graph.sources.map(\.code))).first
      let language =
        found.flatMap { graph.language($0.language, among: graph.sources) } ?? graph.sources.first
      guard let language else { throw Refusal(status: 503, message: "There is no model") }
      return (language, language.primary.uppercased())
    }
  }

  /// Refuses what would change the translation and is not there, rather than leaving it out in silence.
  func refuseUnsupported(_ fields: RequestFields) throws {
    if let formality = fields["formality"],
      !["default", "prefer_more", "prefer_less", ""].contains(formality)
    {
      throw Refusal(message: "Bad request. Reason: 'formality' is not supported for given 'target_lang'.")
    }
  }

  private func format(_ fields: RequestFields) throws -> TextJob.Format {
    switch fields["tag_handling"] ?? "" {
    case "": return .text
    case "html": return .html
    case "xml": return .xml
    default: throw Refusal(message: "Bad request. Reason: Value for 'tag_handling' not supported.")
    }
  }

  /// What tags mean.
  ///
  /// A list of names is one string with commas in a form.
  private func markup(_ fields: RequestFields) -> MarkupRules {
    func names(_ field: String) -> Set<String> {
      Set(fields.all(field).flatMap { $0.split(separator: ",").map(\.trimmingSpace) })
    }
    var rules = MarkupRules()
    (rules.ignored, rules.splitting) = (names("ignore_tags"), names("splitting_tags"))
    rules.nonSplitting = names("non_splitting_tags")
    rules.findsStructure = !["0", "false"].contains(fields["outline_detection"] ?? "1")
    return rules
  }

  private func splitting(_ fields: RequestFields, _ format: TextJob.Format) throws -> SentenceSplitting {
    switch fields["split_sentences"] ?? "" {
    case "": return .automatic
    case "0", "false": return .never
    case "1", "true", "nonewlines": return .always
    default: throw Refusal(message: "Bad request. Reason: Value for 'split_sentences' not supported.")
    }
  }

  private func languages(_ type: String) throws -> JSONTree {
    let languages: [Language]
    switch type {
    case "source": languages = graph.sources
    case "target":
      languages = graph.languages.filter { target in
        graph.sources.contains { $0 != target && graph.route(from: $0, to: target) != nil }
      }
    default: throw Refusal(message: "Bad request. Reason: Value for 'type' not supported.")
    }
    return .array(
      languages.map { language in
        var members: [JSONTree.Member] = [
          .init(key: "language", value: .string(language.code.uppercased())),
          .init(key: "name", value: .string(language.name)),
        ]
        if type == "target" { members.append(.init(key: "supports_formality", value: false)) }
        return .object(members)
      })
  }
}
