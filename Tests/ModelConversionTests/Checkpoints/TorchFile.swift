import Files
import Foundation
import ModelFormats

/// A value of a pickle that a test writes.
indirect enum TorchValue {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case text(String)
  case dictionary([(String, TorchValue)])
  /// An object of a class with attributes.
  case object(module: String, name: String, [(String, TorchValue)])
  case tensor(shape: [Int], [Float])
}

/// Writes a file as torch.save does.
struct TorchFile {
  private var storages: [[UInt8]] = []

  static func write(_ value: TorchValue, to path: String) throws {
    var file = TorchFile()
    let pickle = [0x80, 2] + file.bytes(value) + [0x2e]
    let writer = try ZipWriter(path: path)
    try writer.add(name: "archive/data.pkl", contents: pickle)
    for (key, contents) in file.storages.enumerated() {
      try writer.add(name: "archive/data/\(key)", contents: contents)
    }
    try writer.add(name: "archive/version", contents: Array("3\n".utf8))
    try writer.commit()
  }

  private mutating func bytes(_ value: TorchValue) -> [UInt8] {
    switch value {
    case .none: [0x4e]
    case .bool(let value): [value ? 0x88 : 0x89]
    case .int(let value): [0x8a, 8] + Self.low(value)
    case .float(let value): [0x47] + Self.low(value.bitPattern).reversed()
    case .text(let text): Self.text(text)
    case .dictionary(let members): dictionary(members)
    case .object(let module, let name, let members):
      // A new object without arguments, and its attributes.
      Self.global(module, name) + [0x29, 0x81] + dictionary(members) + [0x62]
    case .tensor(let shape, let values): tensor(shape, values)
    }
  }

  private mutating func dictionary(_ members: [(String, TorchValue)]) -> [UInt8] {
    var result: [UInt8] = [0x7d, 0x28]
    for (key, value) in members { result += Self.text(key) + bytes(value) }
    return result + [0x75]
  }

  private mutating func tensor(_ shape: [Int], _ values: [Float]) -> [UInt8] {
    let key = "\(storages.count)"
    storages.append(values.flatMap { Self.low($0.bitPattern) })
    func tuple(_ numbers: [Int]) -> [UInt8] {
      [0x28] + numbers.flatMap { [0x8a, 8] + Self.low($0) } + [0x74]
    }
    let strides = shape.indices.map { shape[($0 + 1)...].reduce(1, *) }
    let storage =
      [0x28] + Self.text("storage") + Self.global("torch", "FloatStorage") + Self.text(key) + Self.text("cpu")
      + [0x8a, 8] + Self.low(values.count) + [0x74, 0x51]
    return Self.global("torch._utils", "_rebuild_tensor_v2") + [0x28] + storage + [0x8a, 8] + Self.low(0)
      + tuple(shape) + tuple(strides) + [0x89] + Self.global("collections", "OrderedDict") + [0x29, 0x52]
      + [0x74, 0x52]
  }

  private static func text(_ text: String) -> [UInt8] {
    [0x58] + low(UInt32(text.utf8.count)) + Array(text.utf8)
  }
  private static func global(_ module: String, _ name: String) -> [UInt8] {
    Array("c\(module)\n\(name)\n".utf8)
  }
  private static func low<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}
