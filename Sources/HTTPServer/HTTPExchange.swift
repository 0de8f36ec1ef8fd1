import CHTTPServer

/// A request and its answer, as the C library knows it.
///
/// - Safety: `@unchecked Sendable`: the library locks what it shares with the server's threads, and one task at a time uses the
///   exchange: the one that answers it.
@safe struct HTTPExchange: @unchecked Sendable {
  private let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { unsafe self.pointer = pointer }

  /// What tells exchanges that live at the same time apart.
  var id: UInt { UInt(bitPattern: unsafe pointer) }

  /// The request.
  func request() -> HTTPRequest {
    unsafe HTTPRequest(
      method: String(cString: http_exchange_method(pointer)),
      target: String(cString: http_exchange_target(pointer)), headers: headers, body: body,
      client: String(cString: http_exchange_client(pointer)))
  }

  private var headers: HTTPFields {
    var fields = HTTPFields()
    unsafe withUnsafeMutablePointer(to: &fields) { fields in
      unsafe http_exchange_headers(pointer, fields) { context, name, value in
        guard let context = unsafe context, let name = unsafe name, let value = unsafe value else { return }
        unsafe context.assumingMemoryBound(to: HTTPFields.self).pointee
          .add(String(cString: name), String(cString: value))
      }
    }
    return fields
  }

  private var body: [UInt8] {
    var count = 0
    guard let bytes = unsafe http_exchange_body(pointer, &count) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Sends an answer, and waits until its parts were handed over, if it has any.
  func answer(_ response: HTTPResponse) async {
    switch response.body {
    case .bytes(let bytes):
      _ = unsafe withFields(response.headers) { fields, count in
        unsafe http_exchange_answer(pointer, UInt32(response.status), fields, count, bytes, bytes.count)
      }
    case .stream(let write):
      let isThere = unsafe withFields(response.headers) { fields, count in
        unsafe http_exchange_begin(pointer, UInt32(response.status), fields, count)
      }
      guard isThere else { return }
      await write(HTTPBodyWriter(exchange: self))
      unsafe http_exchange_end(pointer)
    }
  }

  func send(_ part: [UInt8]) -> Bool { unsafe http_exchange_send(pointer, part, part.count) }

  /// Ends the use of the exchange.
  func release() { unsafe http_exchange_release(pointer) }

  /// Passes names and values as C strings, in turn.
  private func withFields<Result>(
    _ headers: HTTPFields, _ body: (UnsafePointer<UnsafePointer<CChar>?>?, Int) -> Result
  ) -> Result {
    let texts = headers.fields.flatMap { [$0.name, $0.value] }.map { text in
      // A line end would begin another field.
      text.utf8.filter { $0 >= 0x20 || $0 == 0x09 }.map { CChar(bitPattern: $0) } + [0]
    }
    let starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    return unsafe texts.flatMap(\.self).withUnsafeBufferPointer { bytes in
      let pointers: [UnsafePointer<CChar>?] = unsafe starts.dropLast().map { start in
        unsafe bytes.baseAddress.map { unsafe $0 + start }
      }
      return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress, texts.count / 2) }
    }
  }
}
