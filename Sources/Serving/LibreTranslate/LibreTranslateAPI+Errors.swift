import Files
import HTTPServer

extension LibreTranslateAPI {
  /// What a client is told when a request fails.
  static func answer(_ error: any Error) -> HTTPResponse {
    switch error {
    case let refusal as Refusal:
      return HTTPResponse(status: refusal.status, .members(["error": .string(refusal.message)]))
    case TextJobError.overloaded:
      var response = HTTPResponse(status: 429, .members(["error": "Slowdown: the server is busy, try again"]))
      response.headers["Retry-After"] = "1"
      return response
    case is CancellationError:
      return HTTPResponse(status: 499, .members(["error": "the client went away"]))
    default:
      return HTTPResponse(status: 500, .members(["error": .string("Cannot translate text: \(error)")]))
    }
  }
}
