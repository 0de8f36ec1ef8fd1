import CommandLineArguments
import Formatting
import Glibc
import HTTPServer
import Reporting
import Serving
import Translation

@main struct ServeTranslation {
  static func main() async {
    await runCommand(ServeArguments.self) { arguments, _ in try await serve(arguments) }
  }

  private static func serve(_ arguments: ServeArguments) async throws {
    MatrixKernels.endIdleThreads()
    raiseFileLimit()
    let (graph, pool) = try await models(arguments)
    let options = try arguments.serverOptions()
    if arguments.network.nativeMessaging {
      return await NativeMessageServer(graph, pool, defaults: options.translation).run()
    }
    let store = try ServerStore(path: arguments.access.database)
    let server = TranslationServer(graph, pool, store: store, options: options) { entry in
      if !arguments.network.quiet { say(entry) }
    }
    let signals = InterruptFlag(watching: [.interrupt, .terminate, .hangUp], requests: [.hangUp])
    let http = try HTTPServer(
      host: arguments.network.host, port: arguments.network.port, limits: arguments.connectionLimits,
      handler: server)
    say("translating \(graph.summary) at http://\(address(arguments.network.host)):\(http.port)")
    if store.isTemporary { say("glossaries are lost when the server ends; --database keeps them") }
    while !signals.isRaised {
      if signals.takeRequest() { await reload(server, arguments) }
      try? await Task.sleep(for: .milliseconds(50))
    }
    say("ending when the open requests are answered")
    await http.shutDown(within: 30)
    await server.end()
  }

  /// The models that the options name.
  private static func models(_ arguments: ServeArguments) async throws -> (LanguageGraph, ModelPool) {
    let folders = try arguments.models.model.map { try ServedFolder($0) }
    let graph = try LanguageGraph(folders, pivots: arguments.models.pivots)
    let pool = ModelPool(
      options: arguments.translationOptions, memoryLimit: arguments.models.memoryLimit?.bytes ?? .max)
    if arguments.models.preload {
      for folder in folders { _ = try await pool.service(folder.path) }
    }
    return (graph, pool)
  }

  /// Reads the folders again; if that fails, the server goes on with what it has.
  private static func reload(_ server: TranslationServer, _ arguments: ServeArguments) async {
    do {
      let (graph, pool) = try await models(arguments)
      server.reload(graph, pool)
      say("read the models again: \(graph.summary)")
    } catch {
      say("the models could not be read again, so the server keeps those that it has: \(error)")
    }
  }

  private static func address(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

  /// Each connection is an open file.
  private static func raiseFileLimit() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  private static func say(_ entry: TranslationServer.Entry) {
    let time = Readable.decimal(entry.duration / .milliseconds(1), 1)
    say("\(entry.client) \(entry.method) \(entry.path) \(entry.status) \(time) ms")
  }

  private static func say(_ message: String) {
    Console.standardError.message("serve-translation: " + message)
  }
}
