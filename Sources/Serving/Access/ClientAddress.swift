import Glibc
import HTTPServer

/// The part of an address that stands for one client: an IPv4 address, or the first half of an IPv6 address, since networks get
/// that many.
///
/// - Parameter address: an address as text.
/// - Returns: the part; the text itself if it is no address.
func networkPrefix(of address: String) -> String {
  guard address.contains(":") else { return address }
  var bytes = [UInt8](repeating: 0, count: 16)
  guard unsafe inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
  // IPv4 addresses within IPv6, such as ::ffff:192.0.2.1.
  if bytes[..<12].elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]) {
    return bytes[12...].map { String($0) }.joined(separator: ".")
  }
  return bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":")
}

extension HTTPRequest {
  /// The address that the web server before this one received the request from: the last one of `X-Forwarded-For`, since clients
  /// can write the others themselves.
  var forwardedClient: String? {
    guard let field = headers.fields.last(where: { $0.name.lowercased() == "x-forwarded-for" })?.value,
      let last = field.split(separator: ",").last
    else { return nil }
    let address = last.filter { !$0.isWhitespace }
    return address.isEmpty ? nil : String(address.prefix(64))
  }
}
