import Files
import HTTPServer
import Serving
import Text

/// A server with the models of ``Dictionaries``.
struct ServingFixture {
  let server: TranslationServer

  init(
    _ names: [String] = ["en-de", "en-fr", "de-en"], pivots: Bool = true,
    _ change: (inout TranslationServer.Options) -> Void = { _ in }
  ) throws {
    var options = TranslationServer.Options()
    change(&options)
    server = TranslationServer(
      try Self.graph(names, pivots: pivots), ModelPool { try Dictionaries.service($0) },
      options: options)
  }

  static func graph(_ names: [String], pivots: Bool = true) throws -> LanguageGraph {
    try LanguageGraph(
      names.map { name in
        let codes = name.split(separator: "-").map(String.init)
        let direction = ServedFolder.Direction(
          source: try Language(code: codes[0]), target: try Language(code: codes[1]), tag: nil)
        return ServedFolder(path: name, directions: [direction])
      }, pivots: pivots)
  }

  func send(
    _ method: String, _ target: String, _ body: String = "", type: String? = nil,
    _ fields: HTTPFields = HTTPFields()
  )
    async -> HTTPResponse
  {
    var headers = fields
    if let type { headers["Content-Type"] = type }
    return await server.respond(
      to: HTTPRequest(
        method: method, target: target, headers: headers, body: Array(body.utf8), client: "127.0.0.1"))
  }

  func json(_ target: String, _ body: String) async -> (status: Int, text: String) {
    let response = await send("POST", target, body, type: "application/json")
    return (response.status, response.text)
  }

  func form(_ target: String, _ body: String) async -> (status: Int, text: String) {
    let response = await send("POST", target, body, type: "application/x-www-form-urlencoded")
    return (response.status, response.text)
  }
}

extension HTTPResponse {
  var text: String { String(decoding: bytes ?? [], as: UTF8.self).trimmingSuffix("\n") }
}

extension String {
  func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
