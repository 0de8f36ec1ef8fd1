/// A 64-bit checksum that is as fast as memory.
///
/// It detects accidental damage, not tampering. Four independent sums, each over every fourth word, so that no
/// multiplication waits for the previous one.
///
/// Source: Collet, "xxHash fast digest algorithm", XXH64 with seed 0.
package struct Checksum {
  /// What precedes the digits of a checksum in files.
  static let kind = "xxh64:"

  private var sums: (UInt64, UInt64, UInt64, UInt64) = (prime1 &+ prime2, prime2, 0, 0 &- prime1)
  private var count: UInt64 = 0
  /// Bytes left over after the last full stripe.
  private var rest: [UInt8] = []

  /// The checksum of no bytes.
  package init() {}

  /// Appends bytes; how they are split into calls does not matter.
  package mutating func add(_ bytes: RawSpan) {
    count &+= UInt64(bytes.byteCount)
    var bytes = bytes
    if !rest.isEmpty {
      let head = bytes.extracting(first: min(stripe - rest.count, bytes.byteCount))
      unsafe head.withUnsafeBytes { unsafe rest.append(contentsOf: $0) }
      bytes = bytes.extracting(droppingFirst: head.byteCount)
      guard rest.count == stripe else { return }
      let whole = rest
      rest = []
      addStripes(unsafe whole.span.bytes)
    }
    let length = bytes.byteCount / stripe * stripe
    addStripes(bytes.extracting(first: length))
    unsafe bytes.extracting(droppingFirst: length).withUnsafeBytes { unsafe rest.append(contentsOf: $0) }
  }

  private mutating func addStripes(_ bytes: RawSpan) {
    var (a, b, c, d) = sums
    for start in stride(from: 0, to: bytes.byteCount, by: stripe) {
      a = mixed(a, word(bytes, start))
      b = mixed(b, word(bytes, start + 8))
      c = mixed(c, word(bytes, start + 16))
      d = mixed(d, word(bytes, start + 24))
    }
    sums = (a, b, c, d)
  }

  /// The checksum of all bytes so far.
  package var value: UInt64 {
    var sum = prime5
    if count >= UInt64(stripe) {
      let (a, b, c, d) = sums
      sum = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
      for part in [a, b, c, d] { sum = (sum ^ mixed(0, part)) &* prime1 &+ prime4 }
    }
    sum = withRest(sum &+ count)
    sum = (sum ^ sum >> 33) &* prime2
    sum = (sum ^ sum >> 29) &* prime3
    return sum ^ sum >> 32
  }

  private func withRest(_ start: UInt64) -> UInt64 {
    let bytes = unsafe rest.span.bytes
    var (sum, place) = (start, 0)
    while place + 8 <= bytes.byteCount {
      sum = rotated(sum ^ mixed(0, word(bytes, place)), 27) &* prime1 &+ prime4
      place += 8
    }
    if place + 4 <= bytes.byteCount {
      let half = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self)
      sum = rotated(sum ^ UInt64(UInt32(littleEndian: half)) &* prime1, 23) &* prime2 &+ prime3
      place += 4
    }
    for byte in rest[place...] { sum = rotated(sum ^ UInt64(byte) &* prime5, 11) &* prime1 }
    return sum
  }

  /// The checksum as 16 hexadecimal digits.
  package var digits: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

private let stripe = 32
private let prime1: UInt64 = 0x9e37_79b1_85eb_ca87
private let prime2: UInt64 = 0xc2b2_ae3d_27d4_eb4f
private let prime3: UInt64 = 0x1656_67b1_9e37_79f9
private let prime4: UInt64 = 0x85eb_ca77_c2b2_ae63
private let prime5: UInt64 = 0x27d4_eb2f_1656_67c5

private func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word &<< count | word &>> (64 &- count) }

private func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 { rotated(sum &+ word &* prime2, 31) &* prime1 }

private func word(_ bytes: RawSpan, _ place: Int) -> UInt64 {
  unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self))
}
