import Foundation
import HTTPServer
import TestSupport
import Testing

@Suite struct RequestReadingTests {
  @Test(arguments: [
    ("a=1&b=2", ["a:1", "b:2"]), ("", []), ("a", ["a:"]), ("=b", [":b"]), ("a=b=c", ["a:b=c"]),
    ("a=%41%zz%4", ["a:A%zz%4"]), ("a=+%2B", ["a: +"]), ("&&a=1&", ["a:1"]), ("q=%F0%9F%98%80", ["q:😀"]),
    ("q=%ff", ["q:\u{FFFD}"]), ("a=1&a=2", ["a:1", "a:2"]),
  ])
  func formsAreRead(text: String, expected: [String]) {
    let fields = FormFields(urlEncoded: Array(text.utf8)[...])
    #expect(fields.fields.map { "\($0.name):\($0.value)" } == expected)
  }

  private let type = "multipart/form-data; boundary=\"b 1\""

  private func body(_ parts: [String]) -> [UInt8] {
    Array((parts.map { "--b 1\r\n\($0)\r\n" }.joined() + "--b 1--\r\n").utf8)
  }

  @Test func partsAreRead() throws {
    let bytes = body([
      "Content-Disposition: form-data; name=\"q\"\r\n\r\nHello",
      "Content-Type: text/plain\r\ncontent-disposition: form-data; name=file; filename=\"a;b\\\"c.txt\"\r\n\r\nx\r\n--b 2\r\n",
      "Content-Disposition: form-data; name=\"empty\"\r\n\r\n",
    ])
    let parts = try #require(MultipartBody(bytes, contentType: type)).parts
    #expect(parts.map(\.name) == ["q", "file", "empty"])
    #expect(parts.map(\.fileName) == [nil, "a;b\"c.txt", nil])
    #expect(parts.map { String(decoding: $0.content, as: UTF8.self) } == ["Hello", "x\r\n--b 2\r\n", ""])
  }

  @Test(arguments: [
    "", "--b 1", "--b 1\r\n", "--b 1\r\nContent-Disposition: form-data; name=q\r\n\r\nx",
    "--b 1\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b 1--", "--b 1\r\nno colon\r\n\r\nx\r\n--b 1--",
  ])
  func otherBodiesAreNone(text: String) {
    #expect(MultipartBody(Array(text.utf8), contentType: type) == nil)
  }

  @Test func aTypeWithoutBoundaryIsNone() {
    #expect(MultipartBody(body([]), contentType: "multipart/form-data") == nil)
    #expect(MultipartBody(body([]), contentType: type)?.parts == [])
  }

  /// Whatever bytes come, reading ends without a crash.
  @Test func mutatedBodiesAreReadOrRefused() {
    let seed = body([
      "Content-Disposition: form-data; name=\"q\"\r\n\r\nHello",
      "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n\u{0}\u{1}x",
    ])
    var mutator = ByteMutator(seed: 18)
    var (read, refused) = (0, 0)
    let count = ProcessInfo.processInfo.environment["HTTP_MUTATIONS"].flatMap { Int($0) } ?? 3000
    for _ in 0..<count {
      let bytes = mutator.mutated(seed)
      if MultipartBody(bytes, contentType: type) == nil { refused += 1 } else { read += 1 }
      let request = HTTPRequest(target: String(decoding: bytes, as: UTF8.self), body: bytes)
      #expect(request.query.fields.count <= bytes.count)
    }
    #expect(read > 0 && refused > 0)
  }
}
