import CNettle

/// The SHA-256 digest of a secret, which can be kept and compared without the secret.
///
/// Keys have 160 random bits, so a slow digest is not needed.
struct SecretDigest: Sendable {
  let bytes: [UInt8]

  /// The digest of a secret.
  init(of secret: String) {
    var (context, digest) = (sha256_ctx(), [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE)))
    let text = Array(secret.utf8)
    unsafe nettle_sha256_init(&context)
    unsafe nettle_sha256_update(&context, text.count, text)
    unsafe nettle_sha256_digest(&context, digest.count, &digest)
    bytes = digest
  }

  /// Whether a digest is the same, in a time that does not depend on where it differs.
  func matches(_ other: [UInt8]) -> Bool {
    guard other.count == bytes.count else { return false }
    return unsafe nettle_memeql_sec(bytes, other, bytes.count) == 1
  }
}
