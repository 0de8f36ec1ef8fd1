import CNettle

/// A SHA-256 digest that grows with the bytes.
struct SHA256Sum: Sendable {
  private var context = sha256_ctx()
  /// The number of bytes so far.
  private(set) var count = 0

  /// The digest of no bytes.
  init() { unsafe nettle_sha256_init(&context) }

  /// Appends bytes; how they are split into calls does not matter.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    count += bytes.count
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      unsafe nettle_sha256_update(&context, bytes.count, start)
    }
  }

  /// The digest of the bytes so far, as 64 hexadecimal digits; more may follow.
  var digits: String {
    var (copy, digest) = (context, [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE)))
    unsafe nettle_sha256_digest(&copy, digest.count, &digest)
    return digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
