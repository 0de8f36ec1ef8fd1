import CHTTPServer
import Machine

/// What the C library's callbacks reach: the handler, and the tasks that answer.
@safe final class ServerOwner: Sendable {
  private let handler: any HTTPHandler
  /// The tasks that answer, by exchange.
  private let tasks = Monitor<[UInt: Task<Void, Never>]>([:])

  init(_ handler: any HTTPHandler) { self.handler = handler }

  /// The owner behind a callback's context.
  static func of(_ context: UnsafeMutableRawPointer?) -> ServerOwner {
    guard let context = unsafe context else {
      preconditionFailure("ServerOwner: a callback without a context")
    }
    return unsafe Unmanaged<ServerOwner>.fromOpaque(context).takeUnretainedValue()
  }

  /// The requests that are not answered yet.
  var openRequests: Int { tasks.withLock { $0.count } }

  func bodyLimit(_ pointer: OpaquePointer?) -> Int {
    guard let pointer = unsafe pointer else { return 0 }
    let target = unsafe String(cString: http_exchange_target(pointer))
    return unsafe max(
      0,
      handler.bodyLimit(
        method: String(cString: http_exchange_method(pointer)), path: String(target.prefix { $0 != "?" })))
  }

  /// Starts a task that answers a request.
  func answer(_ pointer: OpaquePointer?) {
    guard let pointer = unsafe pointer else { return }
    let exchange = unsafe HTTPExchange(pointer)
    // The task cannot end before it is known.
    tasks.withLock { tasks in
      tasks[exchange.id] = Task { [self] in
        let response = await handler.respond(to: exchange.request())
        await exchange.answer(response)
        self.tasks.withLock { tasks in
          tasks[exchange.id] = nil
          // Under the lock, since another exchange may then have its address.
          exchange.release()
        }
      }
    }
  }

  /// Cancels the task of a request whose client is gone.
  func abandon(_ pointer: OpaquePointer?) {
    guard let pointer = unsafe pointer else { return }
    let id = unsafe HTTPExchange(pointer).id
    tasks.withLock { $0[id] }?.cancel()
  }

  func cancelAll() {
    for task in tasks.withLock({ Array($0.values) }) { task.cancel() }
  }
}
