import Foundation
import HTTPServer
import ModelFormats
import Serving

/// A form with a file.
struct UploadForm {
  var file: (name: String, contents: [UInt8])?
  var fields: KeyValuePairs<String, String> = [:]

  func send(to fixture: ServingFixture, _ path: String, _ headers: HTTPFields = HTTPFields()) async
    -> HTTPResponse
  {
    var body: [UInt8] = []
    for (name, value) in fields {
      body += Array("--limit\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    if let file {
      let head = "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n\r\n"
      body += Array(head.utf8) + file.contents + Array("\r\n".utf8)
    }
    var headers = headers
    headers["Content-Type"] = "multipart/form-data; boundary=limit"
    return await fixture.server.respond(
      to: HTTPRequest(
        method: "POST", target: path, headers: headers, body: body + Array("--limit--\r\n".utf8)))
  }
}

extension HTTPResponse {
  /// A string of an answer in JSON; empty without it.
  func string(_ key: String) -> String {
    let object = try? JSONSerialization.jsonObject(with: Data(bytes ?? [])) as? [String: Any]
    return object?[key] as? String ?? ""
  }
}

/// Documents, made for tests.
enum TestDocument {
  private static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

  /// A document of Word with a paragraph of which a word is bold.
  static func docx() throws -> [UInt8] {
    let type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    let parts = [
      ("[Content_Types].xml", "<Types><Override PartName=\"/w.xml\" ContentType=\"\(type)\"/></Types>"),
      (
        "w.xml",
        "<w:document xmlns:w=\"\(word)\"><w:p><w:r><w:t>the dog, the cat, the </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>house</w:t></w:r>"
          + "</w:p></w:document>"
      ),
    ]
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).docx"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let writer = try ZipWriter(path: path)
    for (name, text) in parts { try writer.add(name: name, contents: Array(text.utf8), isCompressed: true) }
    try writer.commit()
    return try FileBytes(path: path).array
  }

  static func part(_ name: String, of package: [UInt8]) throws -> String {
    String(
      decoding: try ZipArchive(FileBytes(package, path: "p"))[name]?.contents() ?? [], as: UTF8.self)
  }
}
