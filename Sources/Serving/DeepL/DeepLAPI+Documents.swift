import CorpusFormats
import Files
import HTTPServer
import Text

/// DeepL's interface for documents: upload, status, download.
extension DeepLAPI {
  /// Answers a request for documents; nil if the path is not one of them.
  ///
  /// - Parameters:
  ///   - request: the request.
  ///   - fields: its parameters.
  ///   - caller: who sent it.
  /// - Returns: the answer.
  /// - Throws: ``Refusal``, or `DatabaseError`.
  func respondToDocuments(
    _ request: HTTPRequest, _ fields: RequestFields, _ caller: AccessControl.Caller
  ) throws -> HTTPResponse? {
    guard request.path == "/v2/document" || request.path.hasPrefix("/v2/document/") else { return nil }
    let parts = request.path.dropFirst("/v2/document".count).split(separator: "/").map(String.init)
    switch (request.method, parts.count) {
    case ("POST", 0): return HTTPResponse(try upload(request, fields, caller))
    case ("POST", 1), ("GET", 1): return HTTPResponse(try status(parts[0], fields))
    case ("POST", 2) where parts[1] == "result", ("GET", 2) where parts[1] == "result":
      return try result(parts[0], fields)
    default: throw Refusal(status: 404, message: "Not found: \(request.method) \(request.path)")
    }
  }

  private func upload(
    _ request: HTTPRequest, _ fields: RequestFields, _ caller: AccessControl.Caller
  ) throws -> JSONTree {
    guard let body = MultipartBody(request.body, contentType: request.headers["Content-Type"] ?? "") else {
      throw Refusal(message: "Bad request. Reason: the document must be sent as multipart/form-data")
    }
    let target = try target(fields)
    let source = try documentSource(fields)
    try refuseUnsupported(fields)
    guard let part = body.file("file"), !part.content.isEmpty else {
      throw Refusal(message: "Bad request. Reason: Value for 'file' not specified.")
    }
    let name = FileRequest.safeName(
      fields["filename"].flatMap { $0.isEmpty ? nil : $0 } ?? part.fileName ?? "")
    guard let format = FileFormat(ofName: name) else {
      throw Refusal(
        message: "Bad request. Reason: the file extension of '\(name)' is not supported; expected one of "
          + FileFormat.allEndings.joined(separator: ", "))
    }
    if let output = fields["output_format"], !output.isEmpty,
      output.lowercased() != FileFormat.ending(of: name)
    {
      throw Refusal(message: "Bad request. Reason: 'output_format' must be that of the file.")
    }
    if let source, graph.route(from: source, to: target) == nil { throw noRoute(from: source, to: target) }
    var file = FileRequest(name: name, format: format, contents: part.content, source: source, target: target)
    let sources = source.map { [(language: $0, code: $0.primary.uppercased())] } ?? []
    file.glossary = try glossary(fields, sources, target, owner: caller.key)
    file.client = caller.identity
    // How many characters a file has is known when it was read.
    try access.charge(caller, texts: 1, characters: 1)
    let job = documents.start(
      name: name, format: format, size: file.contents.count, describe: { Self.words(for: $0) },
      work: { [translator, identifier, access, file] progress in
        let result = try await translator.translate(file, identifier, progress: progress)
        access.usage.add(result.characters, key: caller.key)
        return result
      })
    guard let job else { throw TextJobError.overloaded }
    return .members(["document_id": .string(job.id), "document_key": .string(job.key)])
  }

  /// The language of a document; nil to find it.
  private func documentSource(_ fields: RequestFields) throws -> Language? {
    guard let code = fields["source_lang"], !code.isEmpty else { return nil }
    guard let source = graph.language(code, among: graph.sources) else {
      throw Refusal(message: "Bad request. Reason: Value for 'source_lang' not supported.")
    }
    return source
  }

  private func status(_ id: String, _ fields: RequestFields) throws -> JSONTree {
    guard let (status, secondsLeft) = documents.status(id, key: fields["document_key"] ?? "") else {
      throw Self.unknown
    }
    var members = [JSONTree.Member(key: "document_id", value: .string(id))]
    func add(_ key: String, _ value: JSONTree) { members.append(.init(key: key, value: value)) }
    switch status {
    case .queued: add("status", "queued")
    case .translating:
      add("status", "translating")
      if let secondsLeft { add("seconds_remaining", .integer(secondsLeft)) }
    case .done(let characters):
      add("status", "done")
      add("billed_characters", .integer(characters))
    case .failed(let message):
      add("status", "error")
      // Clients read one or the other.
      add("message", .string(message))
      add("error_message", .string(message))
    }
    return .object(members)
  }

  private func result(_ id: String, _ fields: RequestFields) throws -> HTTPResponse {
    let key = fields["document_key"] ?? ""
    guard let (status, _) = documents.status(id, key: key) else { throw Self.unknown }
    guard let file = documents.take(id, key: key) else {
      if case .failed(let message) = status { throw Refusal(message: message) }
      throw Refusal(status: 503, message: "The document is not translated yet")
    }
    return HTTPResponse(file)
  }

  /// For a wrong identifier and for a wrong key alike.
  private static let unknown = Refusal(status: 404, message: "Document not found")

  /// Why a document was not translated.
  private static func words(for error: any Error) -> String {
    switch error {
    case TextJobError.glossaryNeedsOneModel:
      "Glossaries need a model that translates directly; here are two in turn"
    case TextJobError.glossaryRefused(let reason): "The model takes no glossary: \(reason)"
    case TextJobError.noRoute: "There is no model for the languages of the document"
    case TextJobError.overloaded: "The server is busy, try again later"
    case is CancellationError: "The server ended"
    default: "\(error)"
    }
  }
}

extension HTTPResponse {
  /// A file to save.
  init(_ file: DocumentJobs.Result) {
    self.init(
      headers: [
        "Content-Type": file.format.mediaType,
        "Content-Disposition": "attachment; filename=\"\(file.name)\"", "Cache-Control": "no-store",
      ], body: .bytes(file.contents))
  }
}
