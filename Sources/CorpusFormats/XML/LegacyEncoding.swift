import CExpat

/// Describes an encoding to expat, by asking `iconv` for every byte and, where one byte is not enough, every pair.
///
/// - Returns: false if the system does not know the encoding, or if a character may take more than two bytes.
func describeEncoding(_ name: String, in information: UnsafeMutablePointer<XML_Encoding>) -> Bool {
  guard let converter = TextConverter(from: name, to: "UTF-32LE") else { return false }
  var single = [Int32](repeating: -1, count: 256)
  var pairs: [Int32] = []
  for byte in 0..<256 {
    let outcome = converter.convert([UInt8(byte)])
    if outcome.failure == nil {
      single[byte] = scalar(outcome.output)
    } else if outcome.isCutOff {
      if pairs.isEmpty { pairs = [Int32](repeating: -1, count: 1 << 16) }
      for second in 0..<256 {
        let outcome = converter.convert([UInt8(byte), UInt8(second)])
        guard outcome.failure == nil else { continue }
        pairs[byte << 8 | second] = scalar(outcome.output)
        single[byte] = -2
      }
    }
  }
  // Expat refuses encodings in which the characters of XML's own marks are not those of ASCII.
  unsafe withUnsafeMutableBytes(of: &information.pointee.map) { map in
    unsafe single.withUnsafeBytes { unsafe map.copyMemory(from: $0) }
  }
  guard !pairs.isEmpty else { return true }
  // Expat calls `release` with this when it is done.
  let table = UnsafeMutablePointer<Int32>.allocate(capacity: pairs.count)
  unsafe table.initialize(from: pairs, count: pairs.count)
  unsafe information.pointee.data = UnsafeMutableRawPointer(table)
  unsafe information.pointee.convert = { data, bytes in
    guard let data = unsafe data, let bytes = unsafe bytes else { return -1 }
    let (first, second) = unsafe (UInt8(bitPattern: bytes[0]), UInt8(bitPattern: bytes[1]))
    return unsafe data.assumingMemoryBound(to: Int32.self)[Int(first) << 8 | Int(second)]
  }
  unsafe information.pointee.release = { unsafe $0?.deallocate() }
  return true
}

/// The only character of a text in UTF-32, if expat can represent it; otherwise -1.
private func scalar(_ bytes: [UInt8]) -> Int32 {
  guard bytes.count == 4 else { return -1 }
  let value = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  return value <= 0xffff ? Int32(value) : -1
}
