import Files
import HTTPServer

extension LibreTranslateAPI {
  /// The answer to a request that failed.
  static func answer(_ error: any Error) -> HTTPResponse {
    func answer(_ status: Int, _ message: String) -> HTTPResponse {
      HTTPResponse(status: status, .members(["error": .string(message)]))
    }
    func later(_ seconds: Int, _ message: String) -> HTTPResponse {
      var response = answer(429, message)
      response.headers["Retry-After"] = String(seconds)
      return response
    }
    switch error {
    case let refusal as Refusal: return answer(refusal.status, refusal.message)
    case AccessControl.Refusal.keyRequired:
      return answer(400, "Please contact the server operator to get an API key")
    case AccessControl.Refusal.unknownKey: return answer(403, "Invalid API key")
    case AccessControl.Refusal.quota(let limit):
      return later(86_400, "Slowdown: \(limit) characters per 1 month")
    case AccessControl.Refusal.tooMany(let limit, let seconds):
      return later(seconds, "Slowdown: \(limit) per 1 minute")
    case TextJobError.overloaded: return later(1, "Slowdown: the server is busy, try again")
    case is CancellationError: return answer(499, "the client went away")
    default: return answer(500, "Cannot translate text: \(error)")
    }
  }
}
