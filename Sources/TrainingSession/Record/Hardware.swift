import Files
import Foundation
import Machine

/// The machine that a model was trained on, as the system reports it.
struct Hardware: Codable, Equatable {
  /// The name of the processor, or its architecture if the system reports no name.
  var processor: String
  /// Processors that the training could use.
  var processors: Int
  /// Memory of the machine, in bytes.
  var memory: Int?

  /// This machine.
  ///
  /// - Parameter root: the folder that contains `proc`.
  init(root: String = "") {
    processor = Self.value(of: "model name", in: "\(root)/proc/cpuinfo") ?? Self.architecture
    processors = availableProcessors()
    let memory = Self.value(of: "MemTotal", in: "\(root)/proc/meminfo")?.split(separator: " ").first
    self.memory = memory.flatMap { Int($0) }.map { $0 * 1024 }
  }

  /// The text after the colon of the first line that begins with a key.
  private static func value(of key: String, in path: String) -> String? {
    guard let bytes = try? readFile(path: path) else { return nil }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(key) }
    guard let text = line?.split(separator: ":", maxSplits: 1).dropFirst().first else { return nil }
    return text.trimmingCharacters(in: .whitespaces)
  }

  private static var architecture: String {
    #if arch(x86_64)
      "x86-64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown"
    #endif
  }
}
