import Foundation
import TestSupport
import Testing

extension Command.Outcome {
  /// The lines of the output, each a JSON object.
  func objects() throws -> [[String: Any]] {
    try lines.map { try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }
}

extension TemporaryFolder {
  /// The path of a new file with this text.
  func file(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: self(name), atomically: true, encoding: .utf8)
    return self(name)
  }
}
