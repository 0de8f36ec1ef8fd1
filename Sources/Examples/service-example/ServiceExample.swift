import Decoding
import Translation

/// Translates for 64 concurrent clients, like a server.
///
///     swift run -c release service-example [MODEL]
@main struct ServiceExample {
  static func main() async throws {
    let model = CommandLine.arguments.dropFirst().first ?? "models/quickstart"
    let service = try TranslationService(modelFolder: model)
    try await withThrowingTaskGroup(of: (client: Int, text: String).self) { clients in
      for client in 0..<64 {
        clients.addTask {
          // Every request has its own options; those with equal search options share batches.
          var request = TranslationRequest()
          request.search.beamSize = client % 2 == 0 ? 1 : 4
          let results = try await service.translate(["Good morning!", "Table \(client) is free."], request)
          return (client, results.map(\.text).joined(separator: " "))
        }
      }
      for try await (client, text) in clients { print("\(client): \(text)") }
    }
    // A long text comes back line by line, in order, while the rest of it is translated.
    let text = (1...1000).map { "This is line number \($0)." }
    for try await result in try service.results(of: text) { print(result.text) }
  }
}
