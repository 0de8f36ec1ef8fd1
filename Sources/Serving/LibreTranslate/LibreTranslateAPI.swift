import Files
import HTTPServer
import LanguageIdentification
import Text

/// LibreTranslate's interface: paths, parameters, answers and errors are those of version 1.9.
///
/// Source: https://docs.libretranslate.com and the project's own server. Its known faults are not copied: text that is not HTML
/// stays as it is, and HTML has alternatives, too.
struct LibreTranslateAPI: Sendable {
  /// What a client may ask for; nil for no limit.
  struct Limits: Sendable, Equatable {
    var characters: Int?
    var batch: Int?
    var alternatives: Int?
  }

  let graph: LanguageGraph
  let translator: TextTranslator
  let identifier: LanguageIdentifier
  let access: AccessControl
  let documents: DocumentJobs
  var limits = Limits()
  /// Whether clients may suggest translations.
  var takesSuggestions = false

  /// An answer that is an error.
  struct Refusal: Error, Equatable {
    var status = 400
    var message: String
  }

  /// Answers a request; nil if the path is not one of this interface.
  func respond(to request: HTTPRequest) async -> HTTPResponse? {
    do {
      switch (request.method, request.path) {
      case ("POST", "/translate"): return try await translate(request)
      case ("POST", "/translate_file"): return try await translateFile(request)
      case ("GET", let path) where path.hasPrefix(Self.downloads),
        ("HEAD", let path) where path.hasPrefix(Self.downloads):
        return try download(path)
      case ("POST", "/detect"): return HTTPResponse(try detect(request))
      case ("GET", "/languages"), ("HEAD", "/languages"): return HTTPResponse(languages)
      case ("GET", "/frontend/settings"), ("HEAD", "/frontend/settings"): return HTTPResponse(try settings)
      case ("POST", "/suggest"): return HTTPResponse(try suggest(request))
      case ("GET", "/health"), ("HEAD", "/health"): return HTTPResponse(.members(["status": "ok"]))
      case ("GET", "/spec"), ("HEAD", "/spec"): return HTTPResponse(LibreTranslateSpecification.json)
      default: return nil
      }
    } catch {
      return Self.answer(error)
    }
  }

  /// Who sends a request.
  func caller(_ request: HTTPRequest, _ fields: RequestFields) throws -> AccessControl.Caller {
    try access.caller(fields["api_key"], address: request.client)
  }
}

// MARK: - Translating

extension LibreTranslateAPI {
  private func translate(_ request: HTTPRequest) async throws -> HTTPResponse {
    let fields = try fields(of: request)
    let caller = try caller(request, fields)
    guard let (given, isBatch) = fields.texts("q"), !given.isEmpty, isBatch || !given[0].isEmpty else {
      throw missing("q")
    }
    guard let source = fields["source"], !source.isEmpty else { throw missing("source") }
    guard let target = fields["target"], !target.isEmpty else { throw missing("target") }
    let alternatives = try alternatives(fields)
    let texts = fields.isJSON ? given : given.map(withPlainLineEnds)
    try requireLimits(texts, isBatch: isBatch)
    let guesses = source == "auto" ? texts.map { guess($0) } : nil
    let sources = try sources(of: texts, code: source, guesses)
    let name = fields["format"].flatMap { $0.isEmpty ? nil : $0 } ?? "text"
    let to = try self.target(code: target)
    guard let format = TextJob.Format(rawValue: name), format != .xml else {
      throw Refusal(message: "\(name) format is not supported")
    }
    let characters = texts.reduce(0) { $0 + $1.unicodeScalars.count }
    try access.charge(caller, texts: texts.count, characters: characters)
    if Self.wantsStream(request), !isBatch, format == .text {
      access.usage.add(characters, key: caller.key)
      return stream(texts[0], from: sources[0], to: to, guesses?.first, client: caller.identity)
    }
    var job = TextJob(texts, from: to, to: to)
    (job.format, job.alternatives, job.client) = (format, alternatives, caller.identity)
    let translations = try await translate(job, sources)
    access.usage.add(characters, key: caller.key)
    return HTTPResponse(answer(translations, guesses, isBatch: isBatch, alternatives: alternatives))
  }

  /// Translates the texts of a job, those of one language together.
  ///
  /// - Parameters:
  ///   - job: the texts, and how to translate them.
  ///   - sources: the language of each text; nil for one that stays as it is.
  /// - Returns: a translation of each text.
  /// - Throws: ``Refusal``, or the error of a model.
  func translate(_ job: TextJob, _ sources: [Language?]) async throws -> [TranslatedText] {
    var translations = job.texts.map { TranslatedText(text: $0) }
    for source in Set(sources.compactMap(\.self)).sorted(by: { $0.code < $1.code }) {
      let places = sources.indices.filter { sources[$0] == source }
      var part = job
      (part.texts, part.source) = (places.map { job.texts[$0] }, source)
      do {
        for (place, text) in zip(places, try await translator.translate(part)) { translations[place] = text }
      } catch TextJobError.noRoute {
        throw noRoute(from: source, to: job.target)
      }
    }
    return translations
  }

  private func answer(
    _ translations: [TranslatedText], _ guesses: [Guess]?, isBatch: Bool, alternatives: Int
  ) -> JSONTree {
    func listed(_ values: [JSONTree]) -> JSONTree { isBatch ? .array(values) : values[0] }
    var members = [
      JSONTree.Member(key: "translatedText", value: listed(translations.map { .string($0.text) }))
    ]
    if let guesses { members.append(.init(key: "detectedLanguage", value: listed(guesses.map(\.json)))) }
    if alternatives > 0 {
      members.append(
        .init(key: "alternatives", value: listed(translations.map { .strings($0.alternatives) })))
    }
    return .object(members)
  }

  private func alternatives(_ fields: RequestFields) throws -> Int {
    guard let text = fields["alternatives"], !text.isEmpty else { return 0 }
    guard let count = Int(text) else {
      throw Refusal(message: "Invalid request: alternatives parameter is not a number")
    }
    let limit = min(limits.alternatives ?? .max, 100)
    guard count <= limit else {
      throw Refusal(message: "Invalid request: alternatives parameter must be <= \(limit)")
    }
    return max(0, count)
  }

  func requireLimits(_ texts: [String], isBatch: Bool) throws {
    func exceeds(_ count: Int, _ limit: Int) -> Refusal {
      Refusal(message: "Invalid request: request (\(count)) exceeds text limit (\(limit))")
    }
    if isBatch, let limit = limits.batch, texts.count > limit { throw exceeds(texts.count, limit) }
    guard let limit = limits.characters else { return }
    for text in texts {
      let count = text.unicodeScalars.count
      if count > limit { throw exceeds(count, limit) }
    }
  }

  func fields(of request: HTTPRequest) throws -> RequestFields {
    do { return try RequestFields(request) } catch RequestFields.Failure.invalidJSON(let problem) {
      throw Refusal(message: "Invalid JSON format: \(problem)")
    } catch {
      throw Refusal(message: "Invalid request: the form cannot be read")
    }
  }

  func missing(_ name: String) -> Refusal {
    Refusal(message: "Invalid request: missing \(name) parameter")
  }
}

/// Text of a form, whose line ends are those of Windows.
func withPlainLineEnds(_ text: String) -> String {
  String(
    decoding: Array(text.utf8).split(separator: UInt8(ascii: "\r"), omittingEmptySubsequences: false)
      .enumerated().reduce(into: [UInt8]()) { bytes, part in
        if part.offset > 0, part.element.first != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        bytes += part.element
      }, as: UTF8.self)
}

// MARK: - Suggestions

extension LibreTranslateAPI {
  private func suggest(_ request: HTTPRequest) throws -> JSONTree {
    guard takesSuggestions else {
      throw Refusal(status: 403, message: "Suggestions are disabled on this server.")
    }
    let fields = try fields(of: request)
    let caller = try caller(request, fields)
    func required(_ name: String) throws -> String {
      guard let text = fields[name], !text.isEmpty else { throw missing(name) }
      return text
    }
    let (text, suggestion) = (try required("q"), try required("s"))
    let (source, target) = (try required("source"), try required("target"))
    try access.charge(caller, texts: 1, characters: 0)
    try access.store.addSuggestion(text, suggestion, from: source, to: target)
    return .members(["success": true])
  }
}

// MARK: - Languages

extension LibreTranslateAPI {
  /// A language that a text may be in, with a confidence from 0 to 100.
  struct Guess: Sendable {
    var code: String
    var confidence: Double
    /// The language, if it can be translated from.
    var language: Language?

    var json: JSONTree {
      .members(["confidence": .number(String((confidence * 10).rounded() / 10)), "language": .string(code)])
    }
  }

  /// The language of each text; nil for one that stays as it is.
  func sources(of texts: [String], code: String, _ guesses: [Guess]?) throws -> [Language?] {
    if let guesses {
      return try guesses.map { guess in
        // Numbers and emoji are the same in every language.
        guard guess.confidence > 0 else { return nil }
        guard let language = guess.language else { throw Refusal(message: "\(guess.code) is not supported") }
        return language
      }
    }
    guard let source = graph.language(LibreTranslateCodes.meaning(of: code), among: graph.sources) else {
      throw Refusal(message: "\(code) is not supported")
    }
    return texts.map { _ in source }
  }

  /// The language that a code means as a target.
  func target(code: String) throws -> Language {
    guard let target = graph.language(LibreTranslateCodes.meaning(of: code), among: graph.languages) else {
      throw Refusal(message: "\(code) is not supported")
    }
    return target
  }

  /// The language of a text among those that can be translated from.
  func guess(_ text: String) -> Guess { guesses(text, count: 1).first ?? Self.none }

  /// What LibreTranslate says of a text without words.
  private static let none = Guess(code: "en", confidence: 0)

  private func guesses(_ text: String, count: Int) -> [Guess] {
    // As in LibreTranslate, a text is in one of the languages that the server has.
    identifier.identify(text, among: Set(graph.sources.map(\.code))).prefix(count).map { found in
      let language = graph.language(found.language, among: graph.sources)
      return Guess(
        code: language.map(LibreTranslateCodes.code) ?? found.language, confidence: 100 * found.confidence,
        language: language)
    }
  }

  private func detect(_ request: HTTPRequest) throws -> JSONTree {
    let fields = try fields(of: request)
    let caller = try caller(request, fields)
    guard let (texts, _) = fields.texts("q"), !texts.isEmpty, texts != [""] else { throw missing("q") }
    try access.charge(caller, texts: 1, characters: 0)
    let found = guesses(texts.joined(separator: "\n"), count: 3).filter { $0.confidence >= 0.05 }
    return .array((found.isEmpty ? [Self.none] : found).map(\.json))
  }

  private var languages: JSONTree {
    .array(
      graph.sources.map { language in
        .members([
          "code": .string(LibreTranslateCodes.code(of: language)), "name": .string(language.name),
          "targets": .strings(graph.targets(of: language).map(LibreTranslateCodes.code)),
        ])
      })
  }

  /// What a page shows of the server.
  var settings: JSONTree {
    get throws {
      func side(_ language: Language?) -> JSONTree {
        .members([
          "code": .string(language.map(LibreTranslateCodes.code) ?? "auto"),
          "name": .string(language?.name ?? "Auto Detect"),
        ])
      }
      let target = graph.sources.first.flatMap { graph.targets(of: $0).first }
      return .members([
        "apiKeys": .bool(try access.store.hasKeys()), "charLimit": .integer(limits.characters ?? -1),
        "filesTranslation": .bool(true),
        "frontendTimeout": .integer(500), "keyRequired": .bool(access.limits.requiresKey),
        "language": .members(["source": side(nil), "target": side(target)]),
        "suggestions": .bool(takesSuggestions),
        "supportedFilesFormat": .strings(FileFormat.allEndings),
      ])
    }
  }
}
