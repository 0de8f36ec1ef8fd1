import Files
import ModelFormats
import Testing

@Suite struct CTranslate2ModelTests {
  let folder = TemporaryFolder()

  private func string(_ string: String) -> [UInt8] { low(UInt16(string.utf8.count + 1)) + text(string) }

  /// A file as an older version of CTranslate2 wrote it.
  private func file(version: UInt32, code: UInt8, length: UInt32, data: [UInt8], shape: [UInt32]) -> [UInt8] {
    low(version) + string("TransformerSpec") + low(UInt32(7), 1) + string("encoder/W") + [UInt8(shape.count)]
      + shape.flatMap { low($0) } + [code] + low(length) + data
      + (version >= 3 ? low(UInt32(1)) + string("decoder/W") + string("encoder/W") : [])
  }

  private func parse(_ bytes: [UInt8]) throws -> CTranslate2Model {
    try CTranslate2Model(FileBytes(bytes, path: "model.bin"))
  }

  @Test func readsOldVersions() throws {
    let types: [(UInt8, [UInt8], [Float])] = [
      (4, low([1, -2]), [1, -2]), (2, low(Int16(5), -6), [5, -6]), (1, [7, 248], [7, -8]),
    ]
    for version in [UInt32(2), 3] {
      for (size, data, expected) in types {
        let model = try parse(file(version: version, code: size, length: 2, data: data, shape: [1, 2]))
        #expect(model.version == version && model.specification == "TransformerSpec" && model.revision == 7)
        let tensors = try model.tensorFile()
        #expect(try tensors.floats(of: "encoder/W") == expected)
        #expect(tensors.tensors.map(\.name) == (version == 2 ? ["encoder/W"] : ["encoder/W", "decoder/W"]))
        #expect(version == 2 || model.aliases == [.init(name: "decoder/W", variable: "encoder/W")])
      }
    }
  }

  @Test func writtenModelsAreReadAgain() throws {
    try CTranslate2Model.write(
      path: folder("model.bin"), specification: "TransformerSpec", revision: 7,
      variables: [
        .init(name: "a/weight", shape: [2, 2], int8: [1, -2, 3, -4]),
        .init(name: "a/weight_scale", shape: [2], values: [2, 4]),
        .init(name: "h", shape: [1], type: .float16, bytes: [0, 0x3c]),
        .init(name: "b", shape: [], type: .bfloat16, bytes: [0x80, 0x3f]),
        .init(name: "i", shape: [1], type: .int32, bytes: low(Int32(-9))),
        .init(name: "s", shape: [], type: .int16, bytes: low(Int16(8))),
      ], aliases: [.init(name: "c/weight", variable: "a/weight")])
    let model = try CTranslate2Model(path: folder("model.bin"))
    #expect(model.version == 6 && model.revision == 7)
    #expect(model.variables.map(\.type) == [.int8, .float32, .float16, .bfloat16, .int32, .int16])
    #expect(model.variables.map(\.shape) == [[2, 2], [2], [1], [], [1], []])
    let file = try model.tensorFile()
    #expect(file.tensors.map(\.name).suffix(2) == ["c/weight", "c/weight_scale"])
    #expect(try file.tensor("c/weight").storedInt8() == [1, -2, 3, -4])
    #expect(try file.floats(of: "c/weight_scale") == [2, 4])
    #expect(try ["h", "b", "i", "s"].map { try file.floats(of: $0) } == [[1], [1], [-9], [8]])
  }

  @Test func readsAFolder() throws {
    try CTranslate2Model.write(path: folder("model.bin"), specification: "T", revision: 1, variables: [])
    #expect(message { _ = try CTranslate2Folder(path: folder.path) }.contains("source_vocabulary"))
    _ = folder.file(Array("<s>\na\n".utf8), "source_vocabulary.txt")
    _ = folder.file(Array("[\"b\"]".utf8), "target_vocabulary.json")
    var read = try CTranslate2Folder(path: folder.path)
    #expect(read.source.tokens == [Array("<s>".utf8), [0x61]] && read.target.tokens == [[0x62]])
    #expect(read.configuration == nil)
    _ = folder.file(Array("[\"c\"]".utf8), "shared_vocabulary.json")
    _ = folder.file(Array("{\"add_source_bos\": false}".utf8), "config.json")
    read = try CTranslate2Folder(path: folder.path)
    #expect(read.source.tokens == [[0x63]] && read.target == read.source)
    #expect(read.configuration?["add_source_bos"] == .bool(false))
  }

  static let lies: [(bytes: Int, number: UInt32, error: String)] = [
    (0, 1, "version 1"), (0, 7, "version 7"), (26, 1 << 31, "variables"), (26, .max, "variables"),
    (43, .max, "of shape"), (47, 1 << 31, "of shape"), (52, .max, "of shape"), (52, 8, "announced"),
  ]

  @Test(arguments: lies)
  func lyingNumbersAreErrors(lie: (bytes: Int, number: UInt32, error: String)) throws {
    let good = file(version: 6, code: 0, length: 8, data: low([1, 2]), shape: [1, 2])
    _ = try parse(good)
    var bytes = good.with(lie.number, at: lie.bytes)
    if lie.error == "announced" { bytes = Array(good[..<58]) }
    let error = message { _ = try parse(bytes) }
    #expect(error.contains(lie.error), "\(error)")
  }

  @Test func everyCutIsAnError() throws {
    let good = file(version: 6, code: 0, length: 8, data: low([1, 2]), shape: [1, 2])
    for count in 0..<good.count { #expect(throws: FileError.self) { try parse(Array(good[..<count])) } }
    #expect(throws: FileError.self) { try parse(good + [0]) }
    let wrong = low(UInt32(6)) + string("T") + low(UInt32(1), 0, 1) + string("a") + string("b")
    #expect(message { _ = try parse(wrong).tensorFile() }.contains("no variable 'b'"))
  }
}
