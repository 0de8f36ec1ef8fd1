import Files
import TestSupport
import TranslationShards

/// A text whose "translation" is its lines between brackets, made by tasks as processes make it.
struct ShardFixture {
  let folder: TemporaryFolder
  var settings = ShardSettings(model: ["xxh64:1"], options: ["--beam": "1"])

  /// - Parameter text: the text to translate.
  /// - Throws: `FileError` if it cannot be written.
  init(_ text: String) throws {
    folder = try TemporaryFolder()
    try replace(text)
  }

  var input: String { folder("in") }
  var parts: String { folder("parts") }

  func replace(_ text: String) throws { try writeFileAtomically(path: input, contents: Array(text.utf8)) }

  func task(_ number: Int, of count: Int) throws -> ShardTask {
    try ShardTask(ShardNumber(number, of: count), of: input, folder: parts, settings: settings)
  }

  /// Translates a shard, or the next lines of it.
  ///
  /// - Returns: the lines that were translated, as they are in the text.
  @discardableResult
  func translate(_ number: Int, of count: Int, lines most: Int = .max, resumes: Bool = true) throws
    -> [String]
  {
    let task = try task(number, of: count)
    if resumes, try task.finished() != nil { return [] }
    guard let output = try task.begin(resumes: resumes, needsLineNumbers: false) else { return [] }
    let reader = try output.rest.reader()
    var lines: [String] = []
    while lines.count < most, let line = try reader.next() {
      lines.append(String(decoding: line, as: UTF8.self))
      try output.write(["[\(lines[lines.count - 1])]"], of: 1)
    }
    if output.translatedCount == output.lineCount { _ = try output.commit() } else { try output.save() }
    return lines
  }

  /// All translations, checked and joined.
  func joined(input: String? = nil) throws -> String {
    let join = try ShardJoin(folder: parts)
    var bytes: [UInt8] = []
    try join.join(join.records(), input: input, write: { bytes += $0 })
    return String(decoding: bytes, as: UTF8.self)
  }

  func expected() throws -> String {
    let reader = try LineReader(path: input)
    var text = ""
    while let line = try reader.next() { text += "[\(String(decoding: line, as: UTF8.self))]\n" }
    return text
  }
}
