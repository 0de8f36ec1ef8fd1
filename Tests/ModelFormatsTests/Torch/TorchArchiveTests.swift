import Files
import ModelFormats
import Testing

@Suite struct TorchArchiveTests {
  let folder = TemporaryFolder()
  private static let numbers = low([1, 2, 3, 4, 5, 6])

  private func open(_ value: [UInt8], _ storages: [String: [UInt8]] = ["0": numbers]) throws -> TorchArchive {
    try TorchArchive(FileBytes(Pickle.archive(value, storages: storages, in: folder), path: "model.pt"))
  }

  @Test func readsAStateDictionary() throws {
    let pairs =
      Pickle.text("a.weight") + Pickle.tensor(shape: [2, 3], strides: [3, 1])
      + Pickle.text("a.turned") + Pickle.tensor(shape: [3, 2], strides: [1, 3])
      + Pickle.text("a.part") + Pickle.tensor(offset: 1, shape: [2], strides: [3])
      + Pickle.text("a.bias")
      + Pickle.call(
        "torch._utils", "_rebuild_parameter", Pickle.tensor(offset: 4, shape: [2], strides: [1]), [0x89],
        [0x7d])
      + Pickle.text("a.one") + Pickle.tensor(offset: 5, shape: [], strides: [])
    let value =
      Pickle.call("collections", "OrderedDict") + [0x71, 0, 0x28] + pairs + [0x75]
      + Pickle.dictionary(("_metadata", [0x68, 0])) + [0x62]
    let file = try open(value).tensorFile()
    #expect(file.tensors.map(\.name) == ["a.weight", "a.turned", "a.part", "a.bias", "a.one"])
    #expect(file.tensors.map(\.shape) == [[2, 3], [3, 2], [2], [2], []])
    #expect(try file.floats(of: "a.weight") == [1, 2, 3, 4, 5, 6])
    #expect(try file.floats(of: "a.turned") == [1, 4, 2, 5, 3, 6])
    #expect(try file.floats(of: "a.part") == [2, 5])
    #expect(try file.floats(of: "a.bias") == [5, 6])
    #expect(try file.floats(of: "a.one") == [6])
  }

  @Test func readsTypes() throws {
    let cases: [(String, [UInt8], [Float])] = [
      ("DoubleStorage", low((2.5).bitPattern), [2.5]), ("HalfStorage", [0, 0x3c, 0, 0xc0], [1, -2]),
      ("BFloat16Storage", [0x80, 0x3f], [1]), ("LongStorage", low(Int64(-3)), [-3]),
      ("IntStorage", low(Int32(9)), [9]), ("CharStorage", [255], [-1]), ("ByteStorage", [255], [255]),
      ("BoolStorage", [1, 0], [1, 0]),
    ]
    for (type, bytes, expected) in cases {
      let tensor = Pickle.tensor(type, count: expected.count, shape: [expected.count], strides: [1])
      let archive = try open(tensor, ["0": bytes])
      #expect(try archive.tensorFile().floats(of: "") == expected, "\(type)")
    }
    let untyped =
      Pickle.tuple(
        Pickle.text("storage"), Pickle.global("torch.storage", "UntypedStorage"), Pickle.text("0"),
        Pickle.text("cpu"),
        Pickle.int(4)) + [0x51]
    let one = Pickle.tuple(Pickle.int(1))
    let value = Pickle.call(
      "torch._utils", "_rebuild_tensor_v3", untyped, Pickle.int(0), one, one, [0x89],
      Pickle.call("collections", "OrderedDict"), Pickle.global("torch", "float32"))
    #expect(try open(value, ["0": low([7])]).tensorFile().floats(of: "") == [7])
  }

  @Test func readsSettingsOfOtherToolkits() throws {
    let namespace =
      Pickle.global("argparse", "Namespace") + [0x29, 0x81]
      + Pickle.dictionary(
        ("arch", Pickle.text("transformer")),
        ("dropout", [0x47] + (0.25).bitPattern.littleEndianBytes.reversed()), ("share", [0x88])) + [0x62]
    let value = Pickle.dictionary(
      ("args", namespace), ("model", Pickle.dictionary(("W", Pickle.tensor(shape: [6], strides: [1])))),
      ("sizes", Pickle.call("torch", "Size", Pickle.tuple(Pickle.int(2), Pickle.int(3)))),
      ("name", Pickle.call("_codecs", "encode", Pickle.text("aé"), Pickle.text("latin1"))),
      ("array", Pickle.call("builtins", "bytearray", [0x43, 2, 7, 8])), ("steps", [0x8a, 1, 0xfe]),
      ("none", [0x4e]))
    let archive = try open(value)
    let settings = try #require(archive.root["args"])
    #expect(settings.className == "argparse.Namespace")
    #expect(settings["arch"]?.text == "transformer" && settings["dropout"]?.double == 0.25)
    #expect(settings["share"]?.bool == true && settings["no"] == nil)
    #expect(archive.root["sizes"]?.items?.map(\.int) == [2, 3])
    #expect(archive.root["name"]?.bytes == [0x61, 0xe9])
    #expect(archive.root["array"]?.bytes == [7, 8])
    #expect(archive.root["steps"]?.int == -2 && archive.root["none"]?.isNone == true)
    #expect(try archive.tensorFile(of: archive.root["model"]).tensors.map(\.name) == ["W"])
    let all = try archive.tensorFile()
    #expect(all.tensors.map(\.name) == ["model.W"] && all.texts["args.arch"] == "transformer")
  }

  @Test(arguments: [
    ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"),
    ("subprocess", "Popen"),
    ("torch", "load"), ("numpy", "fromfile"), ("fairseq.utils", "import_user_module"),
    ("functools", "partial"),
  ])
  func callsAreNeverMade(module: String, name: String) {
    for code in [[UInt8(0x52)], [0x81], [0x7d, 0x92]] {
      let value = Pickle.global(module, name) + Pickle.tuple(Pickle.text("touch /tmp/x")) + code
      let error = message { _ = try open(value) }
      #expect(error.contains("a call of '\(module).\(name)'"), "\(error)")
    }
    let byName = Pickle.text(module) + Pickle.text(name) + [0x93] + Pickle.tuple(Pickle.text("x")) + [0x52]
    #expect(message { _ = try open(byName) }.contains("a call of '\(module).\(name)'"))
    // A name alone does nothing.
    #expect(throws: Never.self) { try open(Pickle.global(module, name)) }
  }

  static let outside: [(offset: Int, shape: [Int], strides: [Int])] = [
    (0, [7], [1]), (1, [6], [1]), (-1, [1], [1]), (.max, [1], [1]), (7, [0], [1]), (0, [2, 3], [4, 1]),
    (0, [2], [.max]), (0, [.max], [1]), (0, [.max, .max], [0, 0]), (0, [7], [0]), (0, [2], [-1]),
    (0, [-1], [1]),
    (0, [2, 3], [1]), (0, [1 << 32, 1 << 32], [1, 1]),
  ]

  @Test(arguments: outside)
  func viewsOutsideTheStorageAreErrors(view: (offset: Int, shape: [Int], strides: [Int])) {
    let value = Pickle.tensor(offset: view.offset, shape: view.shape, strides: view.strides)
    #expect(message { _ = try open(value) }.contains("within its storage of 24 bytes"))
  }

  @Test func otherArchivesAreErrors() throws {
    #expect(message { _ = try TorchArchive(FileBytes([0x80, 2, 0x8a, 10], path: "a")) }.contains("1.6"))
    let tar = [UInt8](repeating: 0, count: 257) + Array("ustar".utf8)
    #expect(message { _ = try TorchArchive(FileBytes(tar, path: "a")) }.contains("1.6"))
    let zip = HandmadeZip(entries: [.init(name: "a", contents: [])]).bytes
    #expect(message { _ = try TorchArchive(FileBytes(zip, path: "a")) }.contains("data.pkl"))
    #expect(
      message { _ = try open(Pickle.tensor(key: "9", shape: [1], strides: [1])) }.contains("storage '9'"))
    #expect(
      message { _ = try open(Pickle.tensor("QInt8Storage", shape: [1], strides: [1])) }.contains("QInt8"))
  }

  static let broken: [[UInt8]] = [
    [], [0x52], [0x30], [0x65], [0x68, 1], [0x6a, 1, 0, 0, 0], [0x58, 255, 255, 255, 255], [0x8a, 9],
    [0x8b, 255, 255, 255, 255], [0x8d] + low(UInt64.max), [0x8e] + low(UInt64(1) << 63), [0x28, 0x4e, 0x75],
    [0x4e, 0x4e, 0x61], [0x7d, 0x28, 0x4e, 0x75], [0x28, 0x30], [0x63, 0x61], [0x49, 0x31, 0x0a], [0x80, 9],
    [0x4e, 0x51], [0x4e, 0x4e, 0x62], [0x4e, 0x4e, 0x93], [0x4e, 0x29, 0x52], [0x82, 1],
  ]

  @Test(arguments: broken)
  func brokenPicklesAreErrors(pickle: [UInt8]) {
    #expect(throws: FileError.self) { try open(pickle) }
  }

  @Test func cyclesAndRepetitionsStayBounded() throws {
    // A list that holds itself.
    let cycle = try open([0x5d, 0x71, 0, 0x68, 0, 0x61])
    #expect(message { _ = try cycle.tensorFile() }.contains("without end"))
    // Lists of two of the list before: 2⁶⁰ values for a reader that copies.
    var value: [UInt8] = [0x5d, 0x71, 0, 0x30]
    for level in 0..<60 {
      value += [0x68, UInt8(level), 0x68, UInt8(level), 0x86, 0x71, UInt8(level + 1), 0x30]
    }
    let bomb = try open(value + [0x68, 30])
    #expect(message { _ = try bomb.tensorFile() }.contains("without end"))
    // Nested deeply.
    let deep = try open([UInt8](repeating: 0x5d, count: 100_000) + [UInt8](repeating: 0x61, count: 99_999))
    #expect(message { _ = try deep.tensorFile() }.contains("without end"))
    // Many single entries, one after another.
    let entry = Pickle.int(1) + [0x4e, 0x73]
    let large = try open([0x7d] + [[UInt8]](repeating: entry, count: 300_000).joined())
    #expect(large.root.pairs?.count == 300_000)
    for code in [UInt8(0x5d), 0x94, 0x32] {
      let values = [0x5d] + [UInt8](repeating: code, count: 3_000_000)
      #expect(message { _ = try open(values) }.contains("2000000 values"))
    }
  }
}

extension FixedWidthInteger {
  fileprivate var littleEndianBytes: [UInt8] { low(self) }
}
