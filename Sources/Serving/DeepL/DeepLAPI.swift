import Files
import HTTPServer
import LanguageIdentification
import Machine
import Text
import Translation

/// DeepL's interface, version 2: translation, documents, languages and usage.
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
  let usage: CharacterUsage
  let documents: DocumentJobs

  /// An answer that is an error.
  struct Refusal: Error, Equatable {
    var status = 400
    var message: String
  }

  /// Answers a request; nil if the path is not one of this interface.
  func respond(to request: HTTPRequest) async -> HTTPResponse? {
    guard request.path.hasPrefix("/v2/") else { return nil }
    do {
      if let response = try await respondToDocuments(request) { return response }
      switch (request.method, request.path) {
      case ("POST", "/v2/translate"): return HTTPResponse(try await translate(request))
      case ("GET", "/v2/languages"), ("POST", "/v2/languages"):
        return HTTPResponse(try languages(RequestFields(request)["type"] ?? "source"))
      case ("GET", "/v2/usage"), ("POST", "/v2/usage"):
        // The server counts, but has no quota.
        return HTTPResponse(
          .members([
            "character_count": .integer(usage.characters), "character_limit": .integer(1_000_000_000_000),
          ]))
      default: throw Refusal(status: 404, message: "Not found: \(request.method) \(request.path)")
      }
    } catch let refusal as Refusal {
      return Self.answer(refusal)
    } catch let failure as RequestFields.Failure {
      switch failure {
      case .invalidJSON(let problem): return Self.answer(Refusal(message: "Bad request. Reason: \(problem)"))
      case .invalidForm: return Self.answer(Refusal(message: "Bad request. Reason: the form cannot be read"))
      }
    } catch TextJobError.overloaded {
      var response = Self.answer(Refusal(status: 429, message: "Too many requests"))
      response.headers["Retry-After"] = "1"
      return response
    } catch is CancellationError {
      return Self.answer(Refusal(status: 499, message: "The client went away"))
    } catch {
      return Self.answer(Refusal(status: 500, message: "Internal error: \(error)"))
    }
  }

  private static func answer(_ refusal: Refusal) -> HTTPResponse {
    HTTPResponse(status: refusal.status, .members(["message": .string(refusal.message)]))
  }
}

// MARK: - Translating

extension DeepLAPI {
  private func translate(_ request: HTTPRequest) async throws -> JSONTree {
    guard request.body.count <= Self.mostBytes else {
      throw Refusal(status: 413, message: "Request entity too large: at most \(Self.mostBytes) bytes")
    }
    let fields = try RequestFields(request)
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
    let format = try format(fields)
    let splitting = try splitting(fields, format)
    var results = texts.map { TranslatedText(text: $0) }
    for source in Set(sources.map(\.language)).sorted(by: { $0.code < $1.code }) {
      let places = sources.indices.filter { sources[$0].language == source }
      var job = TextJob(places.map { texts[$0] }, from: source, to: target)
      (job.format, job.splitting) = (format, splitting)
      do {
        for (place, text) in zip(places, try await translator.translate(job)) { results[place] = text }
      } catch TextJobError.noRoute {
        throw noRoute(from: source, to: target)
      }
    }
    let counts = texts.map { $0.unicodeScalars.count }
    usage.add(counts.reduce(0, +))
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
    if let id = fields["glossary_id"], !id.isEmpty {
      throw Refusal(status: 404, message: "Glossary not found: \(id)")
    }
  }

  private func format(_ fields: RequestFields) throws -> TextJob.Format {
    switch fields["tag_handling"] ?? "" {
    case "": return .text
    case "html", "xml": return .html
    default: throw Refusal(message: "Bad request. Reason: Value for 'tag_handling' not supported.")
    }
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
