import Files
import Foundation
import ModelFormats
import Testing

/// A temporary folder that is removed after the test.
final class TemporaryFolder {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/formats-tests-" + UUID().uuidString
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in the folder.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Creates a file with the given bytes.
  func file(_ bytes: [UInt8], _ name: String = "file") -> String {
    _ = FileManager.default.createFile(atPath: self(name), contents: Data(bytes))
    return self(name)
  }

  func bytes(_ name: String) -> [UInt8] { Array(FileManager.default.contents(atPath: self(name)) ?? Data()) }
}

/// The bytes of a number, lowest first.
func low<Number: FixedWidthInteger>(_ numbers: Number...) -> [UInt8] {
  numbers.flatMap { number in (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }
}

func low(_ values: [Float]) -> [UInt8] { values.flatMap { low($0.bitPattern) } }

/// The message of the error that a call throws.
func message(_ call: () throws -> Void) -> String {
  do {
    try call()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// What ends in NUL.
func text(_ string: String) -> [UInt8] { Array(string.utf8) + [0] }

extension [UInt8] {
  /// Bytes with a number at a place.
  func with<Number: FixedWidthInteger>(_ number: Number, at place: Int) -> [UInt8] {
    var bytes = self
    bytes.replaceSubrange(place..<place + Number.bitWidth / 8, with: low(number))
    return bytes
  }
}
