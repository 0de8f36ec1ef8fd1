import Files
import Machine
import Text
public import Translation

/// Translates for a browser's extension, as translateLocally does: requests and answers are messages through pipes.
///
/// Answers come in any order, each with the number of its request.
public struct NativeMessageServer: Sendable {
  /// The most requests that are answered at a time; further ones wait in the pipe.
  private static let mostRequests = 1000

  private let graph: LanguageGraph
  private let translator: TextTranslator
  private let channel: MessageChannel
  private let openRequests = Monitor(0)

  /// A server.
  ///
  /// - Parameters:
  ///   - graph: which models lead where.
  ///   - pool: the models.
  ///   - defaults: how to translate.
  ///   - input: the file descriptor to read from.
  ///   - output: the file descriptor to write to.
  public init(
    _ graph: LanguageGraph, _ pool: ModelPool, defaults: TranslationRequest = TranslationRequest(),
    input: Int32 = 0, output: Int32 = 1
  ) {
    self.graph = graph
    translator = TextTranslator(graph, pool, defaults: defaults)
    channel = MessageChannel(input: input, output: output)
  }

  /// Answers requests until the input ends, and those that are open then.
  public func run() async {
    let (messages, continuation) = AsyncStream.makeStream(of: MessageChannel.Message.self)
    // Reading waits for the browser, so it has a thread of its own.
    let isStarted = startThread {
      while let message = channel.next() {
        openRequests.wait { count in
          guard count < Self.mostRequests else { return nil as Void? }
          count += 1
          return ()
        }
        continuation.yield(message)
      }
      continuation.finish()
    }
    if !isStarted { continuation.finish() }
    await withDiscardingTaskGroup { group in
      for await message in messages {
        group.addTask {
          channel.send(Array(await answer(message).compactText.utf8))
          openRequests.withLock { $0 -= 1 }
          openRequests.signal()
        }
      }
    }
  }

  // MARK: - Requests

  /// Why a request is not answered as it wishes.
  private struct Failure: Error {
    var problem: String
  }

  private func answer(_ message: MessageChannel.Message) async -> JSONTree {
    var id: JSONTree?
    do {
      guard case .contents(let bytes) = message else {
        throw Failure(problem: "the message is longer than \(MessageChannel.mostBytes) bytes")
      }
      let request: JSONTree
      do { request = try JSONParser.parse(bytes[...]) } catch {
        throw Failure(problem: "line \(error.line): found \(error.found), expected \(error.expected)")
      }
      id = request["id"]
      guard case .number = id else {
        id = nil
        throw Failure(problem: "the message has no number 'id'")
      }
      let data = try await data(request)
      return answer(id, ["success": true, "data": data])
    } catch {
      let problem = (error as? Failure)?.problem ?? "cannot translate: \(error)"
      return answer(id, ["success": false, "error": .string(problem)])
    }
  }

  private func answer(_ id: JSONTree?, _ members: KeyValuePairs<String, JSONTree>) -> JSONTree {
    .object(
      (id.map { [.init(key: "id", value: $0)] } ?? []) + members.map { .init(key: $0.key, value: $0.value) })
  }

  private func data(_ request: JSONTree) async throws -> JSONTree {
    guard case .object = request["data"], let data = request["data"] else {
      throw Failure(problem: "the message has no object 'data'")
    }
    switch request["command"]?.string {
    case "Translate": return try await translate(data)
    case "ListModels": return .array(directions.map(description))
    case "DownloadModel":
      guard let id = data["modelID"]?.string else { throw Failure(problem: "'data' has no 'modelID'") }
      // Models are given when the program starts, so each one is there already.
      _ = try direction(id)
      return .members(["modelID": .string(id)])
    case let other:
      throw Failure(
        problem: "found the command '\(other ?? "")', expected 'Translate', 'ListModels' or 'DownloadModel'")
    }
  }

  private func translate(_ data: JSONTree) async throws -> JSONTree {
    guard let text = data["text"]?.string else { throw Failure(problem: "'data' has no 'text'") }
    let (source, target) = try languages(data)
    var job = TextJob([text], from: source, to: target)
    if data["html"] == .bool(true) { job.format = .html }
    do {
      let found = try await translator.translate(job)
      return .members(["target": .members(["text": .string(found.first?.text ?? "")])])
    } catch TextJobError.noRoute {
      throw Failure(problem: "there is no model from \(source.code) to \(target.code)")
    } catch TextJobError.overloaded {
      throw Failure(problem: "there are too many requests; try again")
    }
  }

  /// The languages that a request names, or those of its models.
  private func languages(_ data: JSONTree) throws -> (source: Language, target: Language) {
    if let model = data["model"]?.string, !model.isEmpty {
      let first = try direction(model)
      guard let pivot = data["pivot"]?.string, !pivot.isEmpty else { return (first.source, first.target) }
      let second = try direction(pivot)
      guard first.target == second.source else {
        throw Failure(
          problem: "'\(pivot)' does not translate from the language that '\(model)' translates to")
      }
      return (first.source, second.target)
    }
    func language(_ key: String, among languages: [Language]) throws -> Language {
      guard let code = data[key]?.string else {
        throw Failure(problem: "'data' has no '\(key)', and no 'model'")
      }
      guard let language = graph.language(code, among: languages) else {
        throw Failure(problem: "there is no model for the language '\(code)'")
      }
      return language
    }
    return (try language("src", among: graph.sources), try language("trg", among: graph.languages))
  }

  // MARK: - Models

  private var directions: [ServedFolder.Direction] { graph.steps.map(\.direction) }

  private func direction(_ id: String) throws -> ServedFolder.Direction {
    guard let direction = directions.first(where: { $0.id == id }) else {
      throw Failure(problem: "there is no model '\(id)'")
    }
    return direction
  }

  private func description(_ direction: ServedFolder.Direction) -> JSONTree {
    let (source, target) = (direction.source, direction.target)
    return .members([
      "id": .string(direction.id), "shortname": .string(direction.id),
      "modelName": .string("\(source.name)-\(target.name)"), "local": true,
      "src": .string(source.name), "trg": .string(target.name),
      "srcTags": .object([.init(key: source.code, value: .string(source.name))]),
      "trgTag": .string(target.code), "type": "base", "repository": "",
    ])
  }
}

extension ServedFolder.Direction {
  /// A name, which only one direction of a server has.
  fileprivate var id: String { "\(source.code)-\(target.code)" }
}
