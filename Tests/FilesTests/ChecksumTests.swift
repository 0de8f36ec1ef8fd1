import Files
import Foundation
import Testing

@Suite struct ChecksumTests {
  static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) } }

  func digits(_ bytes: [UInt8], pieces: Int) -> String {
    var sum = Checksum()
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      let piece = Array(bytes[start..<min(start + pieces, bytes.count)])
      sum.add(piece.span.bytes)
    }
    return sum.digits
  }

  /// Computed by the Python package xxhash 3.
  @Test(arguments: [
    (0, "ef46db3751d8e999"), (1, "e934a84adb052768"), (3, "9ff70a635a6209ab"), (4, "ae5acdc00a55ac41"),
    (7, "d734a6b26f3da63e"), (8, "87116b3365b924eb"), (31, "0f187c62b1e722b7"), (32, "91b0cb0931a8c629"),
    (33, "931b043cf8d65b94"), (100, "8e2272c08247d5db"), (1000, "25275608a9cfc168"),
  ])
  func equalsXXH64(count: Int, expected: String) {
    for pieces in [1, 5, 31, 32, 33, 64, 1001] {
      #expect(digits(Self.bytes(count), pieces: pieces) == expected, "in pieces of \(pieces)")
    }
  }

  /// Writes a file with a checksum and returns its bytes.
  func checked(_ folder: TemporaryFolder) throws -> [UInt8] {
    let writer = try SafetensorsWriter(
      path: folder("file"), entries: [.init(name: "a", shape: [3]), .init(name: "b", shape: [2, 9])],
      metadata: ["note": "\"checksum\":\"xxh64:0\""], isChecked: true)
    try writer.write((0..<21).map { Float($0) / 3 })
    try writer.commit()
    return try readFile(path: folder("file"))
  }

  @Test func wholeFileIsVerified() throws {
    let folder = TemporaryFolder()
    let bytes = try checked(folder)
    #expect(try SafetensorsReader(path: folder("file")).verifyChecksum())
    #expect(try SafetensorsFile(path: folder("file"))["b"]?.values.last == 20 / 3)
    #expect(try checked(folder) == bytes, "the same content gives the same bytes")
    #expect(folder.names == ["file"])
  }

  @Test func everyFlippedBitIsFound() throws {
    let folder = TemporaryFolder()
    let bytes = try checked(folder)
    for place in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[place] ^= 1 << bit
        // A change of the word "checksum" makes a file without one, which callers must reject.
        let isWhole = (try? SafetensorsReader(path: folder.file(damaged)).verifyChecksum()) ?? false
        #expect(!isWhole, "byte \(place), bit \(bit)")
      }
    }
  }

  @Test func whatWasFoundIsNamed() throws {
    let folder = TemporaryFolder()
    var bytes = try checked(folder)
    bytes[bytes.count - 1] ^= 1
    let path = folder.file(bytes)
    #expect {
      try SafetensorsReader(path: path).verifyChecksum()
    } throws: { error in
      ["found bytes with checksum xxh64:", "which it was written with", path].allSatisfy("\(error)".contains)
    }
  }

  @Test func fileWithoutAChecksumSaysSo() throws {
    let folder = TemporaryFolder()
    try SafetensorsFile([], metadata: ["a": "b"]).write(path: folder("file"))
    #expect(try !SafetensorsReader(path: folder("file")).verifyChecksum())
  }
}
