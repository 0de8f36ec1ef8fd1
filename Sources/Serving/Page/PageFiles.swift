import CServerPage
import HTTPServer

/// The files of the page, as they are in the program, and how they are sent.
enum PageFiles {
  /// The page, with places that ``PageForm`` fills.
  static let template = text(SERVER_PAGE_HTML)
  static let style = text(SERVER_PAGE_STYLE)
  static let script = text(SERVER_PAGE_SCRIPT)

  /// The types of files.
  enum FileType: String {
    case page = "text/html; charset=utf-8"
    case style = "text/css; charset=utf-8"
    case script = "text/javascript; charset=utf-8"
  }

  /// Nothing but what this server sends, and nothing inside of the page that could be injected text.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

  /// Answers with a file, or says that the client has it already.
  static func answer(_ text: String, _ type: FileType, to request: HTTPRequest) -> HTTPResponse {
    let tag = "\"\(fingerprint(of: text))\""
    var response = HTTPResponse(text, type: type.rawValue)
    if request.method != "POST", request.headers["If-None-Match"] == tag {
      response = HTTPResponse(status: 304)
    }
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = policy
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
  }

  /// FNV-1a of 64 bits, in hexadecimal.
  private static func fingerprint(of text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  private static func text(_ file: server_page_file) -> String {
    var size: Int64 = 0
    guard let bytes = unsafe server_page_bytes(file, &size) else { return "" }
    return unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: Int(size)), as: UTF8.self)
  }
}
