import Files
public import HTTPServer
import LanguageIdentification
import Machine
import Text
public import Translation

/// A translation server without its sockets: answers requests in LibreTranslate's and DeepL's forms.
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
  private let usage = CharacterUsage()
  private let metrics = RequestMetrics()
  private let documents: DocumentJobs
  private let log: @Sendable (Entry) -> Void

  /// A server.
  ///
  /// - Parameters:
  ///   - graph: which models lead where.
  ///   - pool: the models.
  ///   - options: how it works.
  ///   - log: is told of each request that was answered.
  public init(
    _ graph: LanguageGraph, _ pool: ModelPool, options: Options = Options(),
    log: @escaping @Sendable (Entry) -> Void = { _ in }
  ) {
    models = Monitor(Models(graph: graph, pool: pool))
    (self.options, self.log) = (options, log)
    documents = DocumentJobs(options.documents)
  }

  /// Uses other models from the next request on; requests that have begun keep theirs.
  public func reload(_ graph: LanguageGraph, _ pool: ModelPool) {
    models.withLock { $0 = Models(graph: graph, pool: pool) }
  }

  /// Ends the translation of files, and forgets those that were not fetched; no further ones are accepted.
  public func end() async { await documents.end() }

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
    "/translate_file", "/v2/translate", "/v2/languages", "/v2/usage", "/v2/document",
  ]

  /// The path without identifiers and names of files, if it is known.
  private static func endpoint(_ path: String) -> String? {
    if path.hasPrefix(LibreTranslateAPI.downloads) { return "/download_file" }
    if path.hasPrefix("/v2/document/") {
      return path.hasSuffix("/result") ? "/v2/document/result" : "/v2/document/status"
    }
    return known.contains(path) ? path : nil
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    if request.method == "OPTIONS" { return HTTPResponse(status: 204) }
    if request.path == "/metrics", request.method == "GET" {
      return HTTPResponse(metrics.text, type: "text/plain; version=0.0.4")
    }
    let models = models.withLock { $0 }
    let translator = TextTranslator(models.graph, models.pool, defaults: options.translation)
    let deepL = DeepLAPI(
      graph: models.graph, translator: translator, identifier: identifier, usage: usage,
      documents: documents)
    if let response = await deepL.respond(to: request) { return response }
    var libre = LibreTranslateAPI(
      graph: models.graph, translator: translator, identifier: identifier, documents: documents)
    libre.limits = .init(
      characters: options.characterLimit, batch: options.batchLimit, alternatives: options.alternativesLimit)
    if let response = await libre.respond(to: request) { return response }
    let isKnown = Self.endpoint(request.path) != nil
    return HTTPResponse(
      status: isKnown ? 405 : 404,
      .members(["error": .string(isKnown ? "Method Not Allowed" : "Not Found")]))
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
