import Files
import ModelFormats

/// Pieces of pickles, put together by tests.
enum Pickle {
  static func text(_ text: String) -> [UInt8] { [0x58] + low(UInt32(text.utf8.count)) + Array(text.utf8) }
  static func int(_ value: Int) -> [UInt8] { [0x4a] + low(Int32(value)) }
  /// A whole number of 64 bits.
  static func long(_ value: Int) -> [UInt8] { [0x8a, 8] + low(value) }
  static func tuple(_ items: [UInt8]...) -> [UInt8] { [0x28] + items.joined() + [0x74] }
  static func list(_ items: [UInt8]...) -> [UInt8] { [0x5d, 0x28] + items.joined() + [0x65] }
  static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }
  static func call(_ module: String, _ name: String, _ arguments: [UInt8]...) -> [UInt8] {
    global(module, name) + [0x28] + arguments.joined() + [0x74, 0x52]
  }
  static func dictionary(_ pairs: (String, [UInt8])...) -> [UInt8] {
    [0x7d, 0x28] + pairs.flatMap { text($0.0) + $0.1 } + [0x75]
  }

  static func storage(_ type: String, _ key: String, _ count: Int) -> [UInt8] {
    tuple(text("storage"), global("torch", type), text(key), text("cpu"), int(count)) + [0x51]
  }

  static func tensor(
    _ type: String = "FloatStorage", key: String = "0", count: Int = 6, offset: Int = 0, shape: [Int],
    strides: [Int]
  ) -> [UInt8] {
    func sizes(_ numbers: [Int]) -> [UInt8] { [0x28] + numbers.flatMap { long($0) } + [0x74] }
    return call(
      "torch._utils", "_rebuild_tensor_v2", storage(type, key, count), long(offset), sizes(shape),
      sizes(strides),
      [0x89], call("collections", "OrderedDict"))
  }

  /// An archive of torch.save with this value and these storages.
  static func archive(_ value: [UInt8], storages: [String: [UInt8]], in folder: TemporaryFolder) throws
    -> [UInt8]
  {
    let writer = try ZipWriter(path: folder("model.pt"))
    try writer.add(name: "archive/data.pkl", contents: [0x80, 2] + value + [0x2e])
    try writer.add(name: "archive/byteorder", contents: Array("little".utf8))
    for (key, bytes) in storages.sorted(by: { $0.key < $1.key }) {
      try writer.add(name: "archive/data/\(key)", contents: bytes)
    }
    try writer.add(name: "archive/version", contents: Array("3\n".utf8))
    try writer.commit()
    return folder.bytes("model.pt")
  }
}
