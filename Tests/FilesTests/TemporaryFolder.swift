import Files
import Foundation
import RandomNumbers

/// A temporary folder that is removed after the test.
final class TemporaryFolder {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/files-tests-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Creates a file with the given bytes.
  func file(_ bytes: [UInt8], name: String = "file") -> String {
    _ = FileManager.default.createFile(atPath: self(name), contents: Data(bytes))
    return self(name)
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

extension SplitMix64 {
  /// Changes, removes, adds or cuts off a few bytes.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &self) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[index] = .random(in: 0...255, using: &self)
      case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 2: bytes.remove(at: index)
      case 3: bytes.insert(.random(in: 0...255, using: &self), at: index)
      default: bytes.removeSubrange(index...)
      }
    }
    return bytes
  }
}

extension [UInt8] {
  /// Bytes from hexadecimal digits.
  init(hex: String) {
    let digits = hex.compactMap(\.hexDigitValue)
    self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}

/// Gzip data of one member that is stored, not compressed, in blocks of the given size.
func storedGzip(_ contents: [UInt8], blockSize: Int = 65535) -> [UInt8] {
  var gzip: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
  var rest = contents[...]
  repeat {
    let block = rest.prefix(blockSize)
    rest = rest.dropFirst(blockSize)
    let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
    gzip += [rest.isEmpty ? 1 : 0, low, high, ~low, ~high] + block
  } while !rest.isEmpty
  for number in [crc32(contents), UInt32(contents.count)] {
    gzip += (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
  return gzip
}

/// CRC-32 by its definition, bit by bit.
func crc32(_ bytes: [UInt8]) -> UInt32 {
  var sum: UInt32 = 0xffff_ffff
  for byte in bytes {
    sum ^= UInt32(byte)
    for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xedb8_8320 : sum >> 1 }
  }
  return ~sum
}
