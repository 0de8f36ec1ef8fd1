import Foundation
import Testing

/// The bytes of each tensor in a file, by its name.
func tensors(_ path: String) throws -> [String: Data] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
  let header = try #require(
    try JSONSerialization.jsonObject(with: data[8..<8 + length]) as? [String: [String: Any]])
  return try header.filter { $0.key != "__metadata__" }.mapValues { entry in
    let offsets = try #require(entry["data_offsets"] as? [Int])
    return Data(data[8 + length + offsets[0]..<8 + length + offsets[1]])
  }
}

/// A JSON file that holds an object.
func jsonObject(_ path: String) throws -> [String: Any] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
}
