/// Damages bytes for fuzz tests, reproducibly.
public struct ByteMutator {
  private var state: UInt64

  /// A mutator; the same seed damages in the same way.
  public init(seed: UInt64) { state = seed }

  /// A number from 0 to just below a limit; 0 if the limit is less than 2.
  public mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(limit, 1)
  }

  /// Bytes with one to four changes: other values, flipped bits, inserted and removed bytes.
  public mutating func mutated(_ seed: [UInt8]) -> [UInt8] {
    var bytes = seed
    for _ in 0...below(3) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(4) {
      case 0: bytes[place] = UInt8(below(256))
      case 1: bytes[place] ^= 1 << UInt8(below(8))
      case 2: bytes.insert(UInt8(below(256)), at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(8)))
      }
    }
    return bytes
  }
}
