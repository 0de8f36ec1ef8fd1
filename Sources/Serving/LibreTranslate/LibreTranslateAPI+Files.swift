import Files
import HTTPServer
import Text

/// LibreTranslate's interface for files: translating one, and downloading it.
extension LibreTranslateAPI {
  /// The path below which translated files are.
  static let downloads = "/download_file/"

  /// Translates a file, and answers with its address.
  func translateFile(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard let body = MultipartBody(request.body, contentType: request.headers["Content-Type"] ?? "") else {
      throw missing("file")
    }
    let fields = try fields(of: request)
    let caller = try caller(request, fields)
    guard let part = body.file("file") else { throw missing("file") }
    guard let from = fields["source"], !from.isEmpty else { throw missing("source") }
    guard let to = fields["target"], !to.isEmpty else { throw missing("target") }
    guard part.fileName?.isEmpty == false, !part.content.isEmpty else {
      throw Refusal(message: "Invalid request: empty file")
    }
    let name = FileRequest.safeName(part.fileName ?? "")
    guard let format = FileFormat(ofName: name) else {
      throw Refusal(message: "Invalid request: file format not supported")
    }
    let source =
      from == "auto" ? nil : graph.language(LibreTranslateCodes.meaning(of: from), among: graph.sources)
    if source == nil, from != "auto" { throw Refusal(message: "\(from) is not supported") }
    guard let target = graph.language(LibreTranslateCodes.meaning(of: to), among: graph.languages) else {
      throw Refusal(message: "\(to) is not supported")
    }
    if let source, graph.route(from: source, to: target) == nil { throw noRoute(from: source, to: target) }
    var file = FileRequest(name: name, format: format, contents: part.content, source: source, target: target)
    file.client = caller.identity
    // How many characters a file has is known when it was read.
    try access.charge(caller, texts: 1, characters: 1)
    let id = try await translated(file, for: caller)
    return HTTPResponse(
      .members([
        "translatedFileUrl": .string(
          address(of: request) + Self.downloads + id + "." + Self.name(of: file))
      ]))
  }

  /// Translates a file beside others, and keeps it.
  ///
  /// - Returns: its identifier.
  private func translated(_ file: FileRequest, for caller: AccessControl.Caller) async throws -> String {
    let job = documents.start(
      name: Self.name(of: file), format: file.format, size: file.contents.count,
      describe: { Self.words(for: $0) },
      work: { [translator, identifier, access] progress in
        let result = try await translator.translate(file, identifier, progress: progress)
        access.usage.add(result.characters, key: caller.key)
        return result
      })
    guard let job else { throw TextJobError.overloaded }
    switch await documents.wait(job.id) {
    case .done: return job.id
    case .failed(let message):
      documents.cancel(job.id)
      throw Refusal(message: message)
    case .queued, .translating, nil: throw CancellationError()
    }
  }

  /// The name of a translated file: that of the file with the language.
  private static func name(of file: FileRequest) -> String {
    let ending = "." + FileFormat.ending(of: file.name)
    return "\(file.name.dropLast(ending.count))_\(LibreTranslateCodes.code(of: file.target))\(ending)"
  }

  /// Why a file was not translated.
  private static func words(for error: any Error) -> String {
    switch error {
    case TextJobError.noRoute: "The target language is not available from the language of the file"
    case TextJobError.overloaded: "Slowdown: the server is busy, try again"
    default: "Cannot translate file: \(error)"
    }
  }

  /// The address under which the client knows the server.
  private func address(of request: HTTPRequest) -> String {
    let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]"
    let host = request.headers["Host"] ?? ""
    let scheme = request.headers["X-Forwarded-Proto"] == "https" ? "https" : "http"
    guard !host.isEmpty, host.allSatisfy(allowed.contains) else { return "" }
    return "\(scheme)://\(host)"
  }

  /// A translated file.
  func download(_ path: String) throws -> HTTPResponse {
    let name = path.dropFirst(Self.downloads.count)
    guard let dot = name.firstIndex(of: "."),
      let file = documents.file(String(name[..<dot]), name: String(name[name.index(after: dot)...]))
    else { throw Refusal(status: 404, message: "File not found; translated files are kept for a while only") }
    return HTTPResponse(file)
  }
}
