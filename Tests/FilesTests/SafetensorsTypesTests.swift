import Files
import Foundation
import RandomNumbers
import Testing

@Suite struct SafetensorsTypesTests {
  private typealias Entry = SafetensorsWriter.Entry

  /// Writes a file with numbers of three types, whose sizes leave the following tensors unaligned.
  private static func write(_ path: String, isChecked: Bool = false) throws {
    let writer = try SafetensorsWriter(
      path: path,
      entries: [
        Entry(name: "a", shape: [2]), Entry(name: "none", shape: [0, 3], dtype: .int8),
        Entry(name: "b", shape: [3, 1], dtype: .bfloat16), Entry(name: "c", shape: [5], dtype: .int8),
        Entry(name: "d", shape: [1, 2], dtype: .int8), Entry(name: "e", shape: []),
      ],
      isChecked: isChecked)
    try writer.write([1, -0.5])
    try writer.write(bfloat16Bits: [0x3F80])
    try writer.write(bfloat16Bits: [0xC000, 0x7F7F])
    // Two tensors of the same type in one call, and one tensor in several calls.
    try writer.write(int8: [-128, -1, 0, 1, 127, 2])
    try writer.write(int8: [-3])
    try writer.write([7])
    try writer.commit()
  }

  @Test func bytesAreThoseOfTheFormat() throws {
    let folder = TemporaryFolder()
    try Self.write(folder("file"))
    let header =
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
      + #""none":{"dtype":"I8","shape":[0,3],"data_offsets":[8,8]},"#
      + #""b":{"dtype":"BF16","shape":[3,1],"data_offsets":[8,14]},"#
      + #""c":{"dtype":"I8","shape":[5],"data_offsets":[14,19]},"#
      + #""d":{"dtype":"I8","shape":[1,2],"data_offsets":[19,21]},"#
      + #""e":{"dtype":"F32","shape":[],"data_offsets":[21,25]}}"#
    let padding = (64 - (8 + header.utf8.count) % 64) % 64
    let length = header.utf8.count + padding
    let data: [UInt8] = [
      0, 0, 0x80, 0x3F, 0, 0, 0, 0xBF, 0x80, 0x3F, 0, 0xC0, 0x7F, 0x7F, 0x80, 0xFF, 0, 1, 0x7F, 2, 0xFD, 0, 0,
      0xE0, 0x40,
    ]
    let expected =
      [UInt8(length & 255), UInt8(length >> 8), 0, 0, 0, 0, 0, 0] + Array(header.utf8)
      + [UInt8](repeating: 0x20, count: padding) + data
    #expect(try readFile(path: folder("file")) == expected)
  }

  @Test func numbersAreReadAsTheyWereWritten() throws {
    let folder = TemporaryFolder()
    try Self.write(folder("file"), isChecked: true)
    let reader = try SafetensorsReader(path: folder("file"))
    #expect(try reader.verifyChecksum())
    func entry(_ name: String) throws -> SafetensorsReader.Entry { try #require(reader.entry(name)) }
    #expect(try reader.values(of: entry("a")) == [1, -0.5])
    #expect(try reader.bfloat16Bits(of: entry("b")) == [0x3F80, 0xC000, 0x7F7F])
    #expect(try reader.values(of: entry("b")) == [1, -2, Float(bitPattern: 0x7F7F_0000)])
    #expect(try reader.int8Values(of: entry("c")) == [-128, -1, 0, 1, 127])
    #expect(try reader.int8Values(of: entry("d")) == [2, -3])
    #expect(try reader.int8Values(of: entry("none")) == [])
    #expect(try reader.values(of: entry("e")) == [7])
  }

  @Test func numbersOfAnotherTypeAreRefused() throws {
    let folder = TemporaryFolder()
    try Self.write(folder("file"))
    let reader = try SafetensorsReader(path: folder("file"))
    func expectError(_ words: String, _ read: (SafetensorsReader.Entry) throws -> Void, _ name: String) throws
    {
      let entry = try #require(reader.entry(name))
      #expect { try read(entry) } throws: {
        "\($0)".contains("tensor '\(name)': found numbers of type \(words)")
      }
    }
    try expectError("I8, expected F32, F16 or BF16", { _ = try reader.values(of: $0) }, "c")
    try expectError("F32, expected I8", { _ = try reader.int8Values(of: $0) }, "a")
    try expectError("BF16, expected I8", { _ = try reader.int8Values(of: $0) }, "b")
    try expectError("F32, expected BF16", { _ = try reader.bfloat16Bits(of: $0) }, "e")
  }

  /// For any header, numbers are read from within the file, or an error is thrown.
  @Test func mutatedFilesNeverCrash() throws {
    var random = SplitMix64(state: 6)
    let folder = TemporaryFolder()
    try Self.write(folder("original"))
    let original = try readFile(path: folder("original"))
    var failures = 0
    for round in 0..<6000 {
      // Every second time, change a number in the header: a length, an extent or an offset.
      let bytes = round % 2 == 0 ? random.mutated(original) : random.withOtherNumbers(original)
      do { try Self.readAll(folder.file(bytes)) } catch { failures += 1 }
    }
    #expect(failures > 3000 && failures < 6000)
  }

  private static func readAll(_ path: String) throws {
    let reader = try SafetensorsReader(path: path)
    for entry in reader.entries {
      let count: Int
      switch entry.dtype {
      case .int8: count = try reader.int8Values(of: entry).count
      case .bfloat16:
        count = try reader.bfloat16Bits(of: entry).count
        #expect(try reader.values(of: entry).count == count)
      default: count = try reader.values(of: entry).count
      }
      #expect(entry.shape.contains(0) ? count == 0 : count == entry.shape.reduce(1, *))
    }
  }
}

extension SplitMix64 {
  /// Replaces a number that is written in digits, and sometimes also a byte of the header's length.
  fileprivate mutating func withOtherNumbers(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    if Int.random(in: 0..<8, using: &self) == 0 {
      bytes[Int.random(in: 0..<8, using: &self)] = .random(in: 0...255, using: &self)
    }
    let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
    guard let start = digits.randomElement(using: &self) else { return bytes }
    let end = bytes[start...].firstIndex { !(0x30...0x39).contains($0) } ?? bytes.endIndex
    let numbers = [
      "0", "1", "3", "8", "14", "21", "25", "4294967296", "9223372036854775807", "18446744073709551616",
    ]
    bytes.replaceSubrange(start..<end, with: (numbers.randomElement(using: &self) ?? "0").utf8)
    return bytes
  }
}
