import Files
import HTTPServer
import Text

extension LibreTranslateAPI {
  /// Whether a client wants the sentences of its text one by one.
  static func wantsStream(_ request: HTTPRequest) -> Bool {
    (request.headers["Accept"] ?? "").lowercased().contains("text/event-stream")
  }

  /// Answers with server-sent events: one for each sentence, then the whole.
  ///
  /// Source: WHATWG's HTML standard, section 9.2, "Server-sent events".
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - source: its language; nil to leave the text as it is.
  ///   - target: the language to translate to.
  ///   - guess: what was found, for a client that did not say the language.
  ///   - client: whose share of the threads it has.
  /// - Returns: an answer whose body comes as the sentences do.
  func stream(
    _ text: String, from source: Language?, to target: Language, _ guess: Guess?, client: String
  ) -> HTTPResponse {
    HTTPResponse(
      headers: ["Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"],
      body: .stream { writer in
        func send(_ event: String, _ tree: JSONTree) -> Bool {
          writer.send("event: \(event)\ndata: \(tree.compactText)\n\n")
        }
        if let guess, !send("language", guess.json) { return }
        do {
          var whole = text
          if let source {
            whole = try await translator.stream(text, from: source, to: target, client: client) {
              number, sentence, translation in
              send(
                "sentence",
                .members([
                  "number": .integer(number), "source": .string(sentence),
                  "translatedText": .string(translation),
                ]))
            }
          }
          _ = send("done", .members(["translatedText": .string(whole)]))
        } catch is CancellationError {
          return
        } catch TextJobError.noRoute {
          _ = send("error", .members(["error": .string(noRoute(from: source, to: target).message)]))
        } catch TextJobError.overloaded {
          _ = send("error", .members(["error": "Slowdown: the server is busy, try again"]))
        } catch {
          _ = send("error", .members(["error": .string("Cannot translate text: \(error)")]))
        }
      })
  }

  /// Why a text cannot be translated from one language to another.
  func noRoute(from source: Language?, to target: Language) -> Refusal {
    Refusal(
      message:
        "\(target.name) (\(LibreTranslateCodes.code(of: target))) is not available as a target language from "
        + "\(source?.name ?? "") (\(source.map(LibreTranslateCodes.code) ?? ""))")
  }
}
