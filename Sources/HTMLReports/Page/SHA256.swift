import CNettle

/// The SHA-256 digest of a text in base64, as a security policy names it.
package func sha256Base64(_ text: String) -> String {
  var (context, digest) = (sha256_ctx(), [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE)))
  let bytes = Array(text.utf8)
  unsafe nettle_sha256_init(&context)
  unsafe nettle_sha256_update(&context, bytes.count, bytes)
  unsafe nettle_sha256_digest(&context, digest.count, &digest)
  return base64(digest)
}

/// Bytes in base64, padded with `=`.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  var text = ""
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
    for place in 0..<4 {
      text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=")
    }
  }
  return text
}
