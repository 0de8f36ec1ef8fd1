internal import Files
internal import Foundation

/// A file of JSON objects, one a line, each written at once, whose lines have the update that they are about.
final class LineLog {
  private let path: String
  private let handle: FileHandle

  /// Opens the file.
  ///
  /// - Parameters:
  ///   - path: the path of the file.
  ///   - update: keeps the lines up to this update, because a resumed run repeats the later ones; nil to start with an
  ///     empty file.
  /// - Throws: `FileError` if the file cannot be read or opened for writing.
  init(path: String, keepingUpTo update: Int?) throws(FileError) {
    var kept: [UInt8] = []
    if let update, fileExists(path) {
      let lines = try readFile(path: path).split(separator: newline)
      kept = Array(lines.filter { Self.isKept($0, upTo: update) }.joined(separator: [newline]))
      if !kept.isEmpty { kept.append(newline) }
    }
    try writeFileAtomically(path: path, contents: kept)
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw FileError.notWritable(path: path, reason: "the file cannot be opened")
    }
    (self.path, self.handle) = (path, handle)
    _ = try? handle.seekToEnd()
  }

  /// Whether to keep a line: not if it is of a later update, nor if it is no JSON, since it was written in part when
  /// the machine or the process stopped.
  private static func isKept(_ line: ArraySlice<UInt8>, upTo update: Int) -> Bool {
    struct Update: Decodable { let update: Int? }
    guard let entry = try? JSONDecoder().decode(Update.self, from: Data(line)) else { return false }
    return entry.update.map { $0 <= update } ?? true
  }

  /// Appends an entry.
  ///
  /// - Throws: `FileError`, such as for a full disk.
  func append(_ entry: some Encodable) throws(FileError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      try handle.write(contentsOf: encoder.encode(entry) + [newline])
    } catch {
      throw FileError.notWritable(path: path, reason: error.localizedDescription)
    }
  }
}

/// The entries of a file of JSON objects, one a line; lines that are damaged are left out.
func readLines<Entry: Decodable>(path: String) throws(FileError) -> [Entry] {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return try readFile(path: path).split(separator: newline).compactMap {
    try? decoder.decode(Entry.self, from: Data($0))
  }
}

private let newline = UInt8(ascii: "\n")
