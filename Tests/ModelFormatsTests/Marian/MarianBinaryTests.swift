import Files
import ModelFormats
import Testing

@Suite struct MarianBinaryTests {
  let folder = TemporaryFolder()

  private struct Item {
    var name = "W"
    var code: UInt64 = 0x404
    var shape: [Int32] = [2, 3]
    var data = low([1, 2, 3, 4, 5, 6])
  }

  /// A file as Marian writes it, unaligned as older versions do.
  private func file(_ items: [Item], padding: Int = 5) -> [UInt8] {
    var bytes = low(UInt64(1), UInt64(items.count))
    for item in items {
      bytes += low(
        UInt64(item.name.utf8.count + 1), item.code, UInt64(item.shape.count), UInt64(item.data.count))
    }
    for item in items { bytes += text(item.name) }
    for item in items { bytes += item.shape.flatMap { low($0) } }
    bytes += low(UInt64(padding)) + [UInt8](repeating: 7, count: padding)
    return bytes + items.flatMap(\.data)
  }

  private func parse(_ bytes: [UInt8]) throws -> TensorFile {
    try MarianBinary(FileBytes(bytes, path: "model.bin")).tensorFile()
  }

  @Test func readsFloatsAndTexts() throws {
    let model = try parse(
      file([
        Item(), Item(name: "b", code: 0x402, shape: [1, 2], data: [0, 0x3c, 0, 0xc0]),
        Item(name: "special:model.yml", code: 0x101, shape: [8], data: text("a: b\n  ")),
      ]))
    #expect(model.tensors.map(\.name) == ["W", "b"])
    #expect(model["W"]?.shape == [2, 3])
    #expect(try model.floats(of: "W") == [1, 2, 3, 4, 5, 6])
    #expect(try model.floats(of: "b") == [1, -2])
    #expect(model.texts == ["special:model.yml": "a: b\n"])
  }

  @Test(arguments: [UInt64(0x4101), 0x10001])
  func quantizedMatricesAreStoredTransposed(code: UInt64) throws {
    let data: [UInt8] = [1, 4, 2, 5, 3, 0xfa] + low([2]) + [9, 9]
    let model = try parse(
      file([
        Item(code: code, data: data), Item(name: "decoder_Wemb", code: code, data: data),
        Item(name: "Wemb_QuantMultA", code: code, shape: [1, 1], data: [3] + low([Float.nan])),
      ]))
    let matrix = try #require(model["W"])
    #expect(try matrix.floats() == [0.5, 1, 1.5, 2, 2.5, -3])
    #expect(try matrix.storedInt8() == [1, 4, 2, 5, 3, -6])
    #expect(matrix.order == .columnMajor && matrix.multiplier == 2)
    #expect(try model.floats(of: "decoder_Wemb") == [0.5, 2, 1, 2.5, 1.5, -3])
    #expect(message { _ = try model.floats(of: "Wemb_QuantMultA") }.contains("multiplier nan"))
  }

  @Test(arguments: [UInt64(0x4102), 0x10002])
  func readsMatricesOf16Bits(code: UInt64) throws {
    let item = Item(code: code, shape: [1, 2], data: low(Int16(1024), Int16(-512)) + low([1024]))
    #expect(try parse(file([item])).floats(of: "W") == [1, -0.5])
  }

  @Test(arguments: [
    (UInt64(0x802), "packed16"), (0x1801, "packed8avx2"), (0x18001, "intgemm8ssse3"),
    (0x12001, "intgemm8avx512"), (0x99, "0x99"),
  ])
  func packedTypesAreRefused(code: UInt64, name: String) {
    let error = message { _ = try parse(file([Item(code: code)])) }
    #expect(error.contains(name) && error.contains("item 'W'") && error.contains("convert it with"))
  }

  @Test func writtenFilesAreReadAgain() throws {
    let items = [
      MarianItem(name: "W", shape: [2, 2], values: [1, 2, 3, 4]),
      MarianItem(name: "Q", shape: [1, 3], stored: [1, -2, 3], multiplier: 4, family: .browsermt),
      MarianItem(name: "Q_QuantMultA", shape: [1, 1], values: [8]),
      MarianItem(name: "special:model.yml", text: "version: x\n"),
    ]
    for isAligned in [true, false] {
      try writeMarianBinary(path: folder("model.bin"), items: items, isAligned: isAligned)
      let binary = try MarianBinary(path: folder("model.bin"))
      #expect(
        binary.items.map(\.type) == [
          .plain(.float32), .quantized(.int8, .browsermt), .plain(.float32), .plain(.int8),
        ])
      #expect(binary.items.map(\.data.count) == (isAligned ? [256, 256, 256, 12] : [16, 7, 4, 12]))
      let model = try binary.tensorFile()
      #expect(try model.floats(of: "W") == [1, 2, 3, 4])
      #expect(try model.floats(of: "Q") == [0.25, -0.5, 0.75])
      #expect(model.texts["special:model.yml"] == "version: x\n")
      try writeMarianBinary(
        path: folder("copy.bin"), items: binary.items.map { MarianItem($0) }, isAligned: isAligned)
      #expect(folder.bytes("copy.bin") == folder.bytes("model.bin"))
      if isAligned { #expect((folder.bytes("model.bin").count - 12) % 256 == 0) }
    }
  }

  /// A change of a good file, and a part of the error.
  static let hostile: [(place: Int, number: UInt64, error: String)] = [
    (0, 2, "version 2"), (0, 0x8b1f, "gzip -d"), (8, 1 << 32, "4294967296 items"), (8, 1 << 63, "items"),
    (8, .max, "items"), (16, 0, "name of 0 bytes"), (16, 1 << 32, "name of"), (16, .max, "name of"),
    (32, 1 << 62, "axes"), (32, .max, "axes"), (40, 1 << 32, "bytes"), (40, .max, "bytes"), (40, 23, "24"),
    (58, .max, "padding"), (58, 1 << 32, "padding"), (50, 0x7fff_ffff_7fff_ffff, "item 'W'"),
  ]

  @Test(arguments: hostile)
  func lyingNumbersAreErrors(change: (place: Int, number: UInt64, error: String)) throws {
    let good = file([Item()])
    _ = try parse(good)
    let error = message { _ = try parse(good.with(change.number, at: change.place)) }
    #expect(error.contains("model.bin") && error.contains(change.error), "\(error)")
  }

  @Test func everyCutIsAnError() {
    let good = file([Item(), Item(name: "b")])
    for count in 0..<good.count { #expect(throws: FileError.self) { try parse(Array(good[..<count])) } }
    #expect(throws: FileError.self) { try parse(good + [0]) }
    #expect(message { _ = try parse(file([Item(), Item()])) }.contains("second"))
  }
}
