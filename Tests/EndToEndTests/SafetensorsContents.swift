import Foundation
import Testing

/// The bytes of each tensor in a file, by its name.
func tensors(_ path: String) throws -> [String: Data] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  let start = 8 + headerLength(data)
  return try safetensorsHeader(path).mapValues { entry in
    let offsets = try #require(entry["data_offsets"] as? [Int])
    return Data(data[start + offsets[0]..<start + offsets[1]])
  }
}

/// What the header of a file says about each tensor, by its name.
func safetensorsHeader(_ path: String) throws -> [String: [String: Any]] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  let header = try #require(
    try JSONSerialization.jsonObject(with: data[8..<8 + headerLength(data)]) as? [String: [String: Any]])
  return header.filter { $0.key != "__metadata__" }
}

private func headerLength(_ data: Data) -> Int { data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) } }

/// A JSON file that holds an object.
func jsonObject(_ path: String) throws -> [String: Any] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
}
