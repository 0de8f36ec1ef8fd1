import Files
import Foundation
import RandomNumbers
import Testing

@Suite struct SafetensorsFileTests {
  /// Written by the Python package safetensors 0.8.0 from torch tensors of float32, float16 and bfloat16.
  static let fromPython =
    "WAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCIsIm5vdGUiOiLDpFxuIn0sImIud2VpZ2h0Ijp7ImR0eXBlIjoiRjMy"
    + "Iiwic2hhcGUiOlsyLDNdLCJkYXRhX29mZnNldHMiOlswLDI0XX0sImVtcHR5Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDVdLCJk"
    + "YXRhX29mZnNldHMiOlsyNCwyNF19LCJvbmUiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzI0LDI4XX0s"
    + "ImMuw6lcIiI6eyJkdHlwZSI6IkJGMTYiLCJzaGFwZSI6WzIsMV0sImRhdGFfb2Zmc2V0cyI6WzI4LDMyXX0sImEiOnsiZHR5cGUiOiJG"
    + "MTYiLCJzaGFwZSI6WzRdLCJkYXRhX29mZnNldHMiOlszMiw0MF19fQAAgD8AAABAAABAQAAAAL9vEoM6AOB/RwAA4EDNPWJ/AD4AwAB8"
    + "AQA="

  static let tensors: [SafetensorsFile.Tensor] = [
    .init(name: "b.weight", shape: [2, 3], values: [1, 2, 3, -0.5, 1e-3, 65504]),
    .init(name: "empty", shape: [0, 5], values: []),
    .init(name: "one", shape: [], values: [7]),
    .init(name: "c.é\"", shape: [2, 1], values: [0.10009765625, 3.00405527047391e+38]),
    .init(name: "a", shape: [4], values: [1.5, -2, .infinity, 5.960464477539063e-08]),
  ]

  @Test func readsWhatPythonWrote() throws {
    let folder = TemporaryFolder()
    let bytes = try #require(Data(base64Encoded: Self.fromPython))
    let file = try SafetensorsFile(path: folder.file(Array(bytes)))
    #expect(file.tensors == Self.tensors)
    #expect(file.metadata == ["format": "pt", "note": "ä\n"])
    let reader = try SafetensorsReader(path: folder("file"))
    #expect(reader.entries.map(\.dtype) == [.float32, .float32, .float32, .bfloat16, .float16])
    #expect(try reader.values(of: #require(reader.entry("one"))) == [7])
  }

  @Test func readsWhatItWrote() throws {
    let folder = TemporaryFolder()
    for (tensors, metadata) in [
      (Self.tensors, ["k\u{1}\\": "\"v\"\n\t"]), ([], [:]), (Self.tensors.reversed(), [:]),
    ] {
      let file = SafetensorsFile(tensors, metadata: metadata)
      try file.write(path: folder("a"))
      #expect(try SafetensorsFile(path: folder("a")) == file)
      let bytes = try readFile(path: folder("a"))
      let header = Int(bytes[0]) | Int(bytes[1]) << 8
      #expect((8 + header) % 64 == 0, "the numbers must begin at a multiple of 64")
    }
    #expect(folder.names == ["a"])
  }

  /// Parts may end within a tensor and span several.
  @Test func partsMakeTheFileThatTheWholeMakes() throws {
    let folder = TemporaryFolder()
    try SafetensorsFile(Self.tensors, metadata: ["a": "b"]).write(path: folder("whole"))
    let values = Self.tensors.flatMap(\.values)
    for size in [1, 2, 5, values.count] {
      let writer = try SafetensorsWriter(
        path: folder("parts"), entries: Self.tensors.map { .init(name: $0.name, shape: $0.shape) },
        metadata: ["a": "b"])
      for start in stride(from: 0, to: values.count, by: size) {
        try writer.write(Array(values[start..<min(start + size, values.count)]))
      }
      #expect(!fileExists(folder("parts")), "not before all of it is there")
      try writer.commit()
      #expect(try readFile(path: folder("parts")) == readFile(path: folder("whole")))
      try FileManager.default.removeItem(atPath: folder("parts"))
    }
  }

  @Test func fileThatIsNotCommittedLeavesNothing() throws {
    let folder = TemporaryFolder()
    try SafetensorsFile(Self.tensors).write(path: folder("a"))
    let before = try readFile(path: folder("a"))
    do {
      let writer = try SafetensorsWriter(path: folder("a"), entries: [.init(name: "x", shape: [3])])
      try writer.write([1, 2])
    }
    #expect(try readFile(path: folder("a")) == before)
    #expect(folder.names == ["a"])
  }

  @Test func everyBitOfAFloatIsKept() throws {
    let folder = TemporaryFolder()
    var random = SplitMix64(state: 4)
    let values = (0..<100_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next())) }
    try SafetensorsFile([.init(name: "x", shape: [100, 1000], values: values)]).write(path: folder("a"))
    let read = try SafetensorsFile(path: folder("a"))
    #expect(read["x"]?.values.map(\.bitPattern) == values.map(\.bitPattern))
    #expect(read["y"] == nil)
  }

  // MARK: - Malformed files

  struct Case: Sendable, CustomTestStringConvertible {
    let header: String
    let dataSize: Int
    let words: String
    var testDescription: String { header }
    init(_ header: String, _ dataSize: Int, _ words: String) {
      (self.header, self.dataSize, self.words) = (header, dataSize, words)
    }
    /// One tensor `t` of 32-bit floats.
    init(shape: String, offsets: String, _ dataSize: Int, _ words: String) {
      self.init(#"{"t":{"dtype":"F32","shape":\#(shape),"data_offsets":\#(offsets)}}"#, dataSize, words)
    }
  }

  static let cases = [
    Case("", 0, "found the end of the file in the header, expected a value"),
    Case("nonsense", 0, "found 'o' in the header, expected 'null'"),
    Case("[]", 0, "found a list of 0 as the header, expected an object"),
    Case("{}", 4, "found 4 bytes of data, expected the 0 of its tensors"),
    Case("{} {}", 0, "found '{' in the header, expected the end"),
    Case(#"{"t":3}"#, 0, "tensor 't': found nothing as dtype"),
    Case(
      #"{"t":{"dtype":"F31","shape":[],"data_offsets":[0,4]}}"#, 4,
      "tensor 't': found the string 'F31' as dtype"),
    Case(#"{"t":{"dtype":"F32","data_offsets":[0,4]}}"#, 4, "tensor 't': found nothing as shape"),
    Case(#"{"t":{"dtype":"F32","shape":[1]}}"#, 4, "tensor 't': found nothing as data_offsets"),
    Case(
      #"{"__metadata__":{"a":1}}"#, 0, "tensor '__metadata__': found the number 1 for 'a', expected a string"),
    Case(#"{"a":1,"a":2}"#, 0, "found the key 'a' a second time in the header, expected it once"),
    Case(shape: "[-1]", offsets: "[0,4]", 4, "found the number -1 in shape, expected whole numbers from 0"),
    Case(shape: "[1.0]", offsets: "[0,4]", 4, "found the number 1.0 in shape"),
    Case(shape: "[\"1\"]", offsets: "[0,4]", 4, "found the string '1' in shape"),
    Case(
      shape: "[99999999999999999999]", offsets: "[0,4]", 4, "found the number 99999999999999999999 in shape"),
    Case(shape: "[4294967296,4294967296]", offsets: "[0,4]", 4, "expected a size that fits in 64 bits"),
    Case(shape: "[2]", offsets: "[0,4]", 4, "found 4 bytes, expected 8 for shape [2] of F32"),
    Case(shape: "[1]", offsets: "[0,4,8]", 4, "found data_offsets [0, 4, 8]"),
    Case(shape: "[1]", offsets: "[4,0]", 4, "found data_offsets [4, 0]"),
    Case(shape: "[2]", offsets: "[0,8]", 4, "expected a start and an end within the 4 bytes of data"),
    Case(
      shape: "[1]", offsets: "[0,18446744073709551615]", 4, "in data_offsets, expected whole numbers from 0"),
    Case(shape: "[1]", offsets: "[4,8]", 8, "tensor 't': found data from byte 4, expected data from byte 0"),
    Case(shape: "[1]", offsets: "[0,4]", 8, "found 8 bytes of data, expected the 4 of its tensors"),
    Case(
      #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"u":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      8, "tensor 'u': found data from byte 4, expected data from byte 8"),
    Case(String(repeating: "[", count: 100_000), 0, "expected at most 200 nested values"),
  ]

  private func bytes(_ header: String, _ dataSize: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> ($0 * 8)) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: dataSize)
  }

  @Test(arguments: cases) func saysWhatIsWrong(_ item: Case) throws {
    let folder = TemporaryFolder()
    let path = folder.file(bytes(item.header, item.dataSize))
    #expect { _ = try SafetensorsFile(path: path) } throws: {
      let message = "\($0)"
      return $0 is FileError && message.contains(item.words) && message.hasPrefix(path + ": ")
    }
  }

  @Test func saysThatAFileIsTooShort() throws {
    let folder = TemporaryFolder()
    for (contents, words) in [
      ([], "found a file of 0 bytes, expected at least 8"),
      ([1, 0, 0, 0, 0, 0, 0], "found a file of 7 bytes"),
      ([1, 0, 0, 0, 0, 0, 0, 0], "found a header of 1 bytes, expected at most the 0"),
      ([UInt8](repeating: 255, count: 20), "found a header of 18446744073709551615 bytes"),
    ] as [([UInt8], String)] {
      let path = folder.file(contents)
      #expect { _ = try SafetensorsFile(path: path) } throws: { "\($0)".contains(words) }
    }
    #expect(throws: FileError.notFound(path: folder("x"))) { _ = try SafetensorsFile(path: folder("x")) }
  }

  @Test func otherNumbersAreRefusedByNameOnlyWhenRead() throws {
    let folder = TemporaryFolder()
    let path = folder.file(bytes(#"{"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}"#, 8))
    #expect(try SafetensorsReader(path: path).entries.map(\.shape) == [[1]])
    #expect { _ = try SafetensorsFile(path: path) } throws: {
      "\($0)".contains("tensor 'i': found numbers of type I64, expected F32, F16 or BF16")
    }
  }

  @Test func anEmptyTensorMayHaveAnyOtherExtents() throws {
    let folder = TemporaryFolder()
    let huge = "9223372036854775807"
    let header = #"{"t":{"dtype":"F32","shape":[\#(huge),\#(huge),0],"data_offsets":[0,0]}}"#
    let path = folder.file(bytes(header, 0))
    #expect(try SafetensorsFile(path: path)["t"]?.values == [])
  }

  @Test func mutatedFilesNeverCrash() throws {
    var random = SplitMix64(state: 5)
    let folder = TemporaryFolder()
    let original = Array(try #require(Data(base64Encoded: Self.fromPython)))
    var failures = 0
    for _ in 0..<5000 {
      let path = folder.file(random.mutated(original))
      do { _ = try SafetensorsFile(path: path) } catch { failures += 1 }
    }
    #expect(failures > 2000)
  }
}
