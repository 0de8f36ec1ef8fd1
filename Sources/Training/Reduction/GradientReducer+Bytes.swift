extension GradientReducer {
  /// Collects bytes by ``gather(_:)``, which sends them to all processes.
  public func collect(_ bytes: [UInt8]) -> [[UInt8]] {
    let all = gather(ByteNumbers.numbers(of: bytes))
    return isFirst ? all.map(ByteNumbers.bytes) : []
  }
}

/// Bytes as numbers that processes exchange: their count, and then eight bytes in the bits of each number.
package enum ByteNumbers {
  /// The numbers of bytes.
  package static func numbers(of bytes: [UInt8]) -> [Double] {
    let words = stride(from: 0, to: bytes.count, by: 8).map { start in
      let word = bytes[start..<min(start + 8, bytes.count)].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      return Double(bitPattern: word)
    }
    return [Double(bytes.count)] + words
  }

  /// The inverse of ``numbers(of:)``.
  package static func bytes(_ numbers: [Double]) -> [UInt8] {
    let count = Int(numbers[0])
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * numbers.count)
    for number in numbers.dropFirst() {
      for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> (8 * place))) }
    }
    return Array(bytes.prefix(count))
  }
}
