import Files
public import HTTPServer
import LanguageIdentification
import Machine
import Text
public import Translation

/// A translation server without its sockets: answers requests in LibreTranslate's and DeepL's forms, and has a page.
public final class TranslationServer: HTTPHandler {
  /// How a server works.
  public struct Options: Sendable {
    /// The most characters of a text, for LibreTranslate's clients; nil for no limit.
    public var characterLimit: Int?
    /// The most texts of a request; nil for no limit.
    public var batchLimit: Int?
    /// The most other translations of a text; nil for 100.
    public var alternativesLimit: Int?
    /// The most bytes of a request.
    public var bodyLimit = 4 << 20
    /// Whether every request for a translation needs a key.
    public var requiresKey = false
    /// The most texts of a client in a minute, where its key says nothing else; nil for no limit.
    public var requestsPerMinute: Int?
    /// The most characters of a key in a month, where it says nothing else; nil for no limit.
    public var charactersPerMonth: Int?
    /// Whether the addresses of clients are those that a web server before this one reports, in `X-Forwarded-For`.
    public var isBehindProxy = false
    /// Whether clients may suggest better translations, which are kept.
    public var takesSuggestions = false
    /// What `/metrics` asks for, as a bearer token; nil if everybody may read it.
    public var metricsToken: String?
    /// The most bytes of a file to translate.
    public var fileLimit = 32 << 20
    /// How many files are kept.
    public var documents = DocumentLimits()
    /// The web pages that may use the server from a browser, besides its own, as CORS writes them; "" for none.
    public var allowedOrigin = ""
    /// How to translate, but for what a request says.
    public var translation = TranslationRequest()

    /// The defaults.
    public init() {}
  }

  /// What a reload replaces.
  private struct Models: Sendable {
    var graph: LanguageGraph
    var pool: ModelPool
  }

  /// What is said of a request that was answered; its text is not.
  public struct Entry: Sendable {
    /// The address of the client.
    public var client: String
    /// The method.
    public var method: String
    /// The path, without the identifier of a file.
    public var path: String
    /// The status of the answer.
    public var status: Int
    /// How long it took.
    public var duration: Duration
  }

  private let options: Options
  private let models: Monitor<Models>
  private let identifier = LanguageIdentifier.builtIn
  private let access: AccessControl
  private let metrics = RequestMetrics()
  private let documents: DocumentJobs
  private let log: @Sendable (Entry) -> Void

  /// A server.
  ///
  /// - Parameters:
  ///   - graph: which models lead where.
  ///   - pool: the models.
  ///   - store: what it keeps.
  ///   - options: how it works.
  ///   - log: is told of each request that was answered.
  public init(
    _ graph: LanguageGraph, _ pool: ModelPool, store: ServerStore, options: Options = Options(),
    log: @escaping @Sendable (Entry) -> Void = { _ in }
  ) {
    models = Monitor(Models(graph: graph, pool: pool))
    access = AccessControl(
      store,
      limits: .init(
        requiresKey: options.requiresKey, requestsPerMinute: options.requestsPerMinute,
        charactersPerMonth: options.charactersPerMonth))
    (self.options, self.log) = (options, log)
    documents = DocumentJobs(options.documents)
  }

  /// Uses other models from the next request on; requests that have begun keep theirs.
  public func reload(_ graph: LanguageGraph, _ pool: ModelPool) {
    models.withLock { $0 = Models(graph: graph, pool: pool) }
  }

  /// Ends the translation of files and forgets those that were not fetched, and writes what is not in the store yet.
  public func end() async {
    await documents.end()
    access.usage.flush()
  }

  // MARK: - Requests

  /// The most bytes of a body.
  ///
  /// - Returns: that of the options for files, with room for the other fields of a form, and that for everything else.
  public func bodyLimit(method: String, path: String) -> Int {
    ["/translate_file", "/v2/document"].contains(path) ? options.fileLimit + 1 << 16 : options.bodyLimit
  }

  /// Answers a request, and logs it.
  public func respond(to request: HTTPRequest) async -> HTTPResponse {
    let start = ContinuousClock.now
    metrics.begin()
    var request = request
    if options.isBehindProxy { request.client = request.forwardedClient ?? request.client }
    var response = await answer(request)
    if !options.allowedOrigin.isEmpty { response.headers.allowOrigin(options.allowedOrigin) }
    response.headers["X-Content-Type-Options"] = "nosniff"
    let duration = ContinuousClock.now - start
    let endpoint = Self.endpoint(request.path)
    metrics.end(path: endpoint ?? "other", response.status, duration)
    log(
      Entry(
        client: request.client, method: request.method, path: endpoint ?? request.path,
        status: response.status,
        duration: duration))
    return response
  }

  /// The paths that are counted by themselves, so that clients cannot fill the memory with others.
  private static let known: Set<String> = [
    "/translate", "/detect", "/languages", "/frontend/settings", "/health", "/metrics", "/suggest",
    "/spec", "/translate_file", "/v2/translate", "/v2/languages", "/v2/usage", "/v2/document",
    "/v2/glossary-language-pairs", "/", "/page.css", "/page.js", "/page/translate", "/page/alternatives",
  ]
  /// The beginnings of paths with an id, which are counted together.
  private static let families = ["/v2/glossaries", "/v3/glossaries"]

  /// The path without identifiers and names of files, if it is known.
  private static func endpoint(_ path: String) -> String? {
    if path.hasPrefix(LibreTranslateAPI.downloads) { return "/download_file" }
    if path.hasPrefix("/v2/document/") {
      return path.hasSuffix("/result") ? "/v2/document/result" : "/v2/document/status"
    }
    return known.contains(path) ? path : families.first { path == $0 || path.hasPrefix($0 + "/") }
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    if request.method == "OPTIONS" { return HTTPResponse(status: 204) }
    if request.path == "/metrics", request.method == "GET" { return metricsAnswer(request) }
    let models = models.withLock { $0 }
    let translator = TextTranslator(models.graph, models.pool, defaults: options.translation)
    let deepL = DeepLAPI(
      graph: models.graph, translator: translator, identifier: identifier, access: access,
      documents: documents)
    if let response = await deepL.respond(to: request) { return response }
    var libre = LibreTranslateAPI(
      graph: models.graph, translator: translator, identifier: identifier, access: access,
      documents: documents)
    libre.takesSuggestions = options.takesSuggestions
    libre.limits = .init(
      characters: options.characterLimit, batch: options.batchLimit, alternatives: options.alternativesLimit)
    if let response = await libre.respond(to: request) { return response }
    if let response = await PageAPI(libre: libre).respond(to: request) { return response }
    let isKnown = Self.endpoint(request.path) != nil
    return HTTPResponse(
      status: isKnown ? 405 : 404,
      .members(["error": .string(isKnown ? "Method Not Allowed" : "Not Found")]))
  }

  private func metricsAnswer(_ request: HTTPRequest) -> HTTPResponse {
    if let token = options.metricsToken {
      let sent = SecretDigest(of: request.headers["Authorization"] ?? "")
      guard SecretDigest(of: "Bearer " + token).matches(sent.bytes) else {
        var response = HTTPResponse(status: 401, .members(["error": "Unauthorized"]))
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
      }
    }
    return HTTPResponse(metrics.text, type: "text/plain; version=0.0.4")
  }
}

extension HTTPFields {
  /// Lets web pages of an origin use the server, with the fields that LibreTranslate sends.
  fileprivate mutating func allowOrigin(_ origin: String) {
    self["Access-Control-Allow-Origin"] = origin
    self["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    self["Access-Control-Expose-Headers"] = "Authorization"
    self["Access-Control-Allow-Methods"] = "GET, POST"
    self["Access-Control-Max-Age"] = "1728000"
  }
}
