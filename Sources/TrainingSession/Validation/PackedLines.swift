/// Lines as bytes that processes exchange: each behind its length in four bytes.
package enum PackedLines {
  /// The bytes of lines, none of which is longer than 4 GiB.
  package static func pack(_ lines: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(lines.reduce(0) { $0 + 4 + $1.count })
    for line in lines {
      for place in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: line.count >> (8 * place))) }
      bytes += line
    }
    return bytes
  }

  /// The inverse of ``pack(_:)``.
  package static func unpack(_ bytes: [UInt8]) -> [[UInt8]] {
    var (lines, rest) = ([[UInt8]](), bytes[...])
    while !rest.isEmpty {
      let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      lines.append(Array(rest.dropFirst(4).prefix(count)))
      rest = rest.dropFirst(4 + count)
    }
    return lines
  }
}
