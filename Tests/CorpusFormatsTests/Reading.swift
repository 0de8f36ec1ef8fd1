import CorpusFormats
import Files
import Foundation

/// The units of a file in memory.
func units(
  _ contents: [UInt8], _ name: String, format: CorpusFormat? = nil, from source: String = "",
  to target: String = ""
) throws -> [TranslationUnit] {
  var reader = try CorpusReader(
    contents: contents, path: name, format: format, sourceLanguage: source, targetLanguage: target)
  var units: [TranslationUnit] = []
  while let unit = try reader.next() { units.append(unit) }
  return units
}

func units(
  _ text: String, _ name: String, format: CorpusFormat? = nil, from source: String = "",
  to target: String = ""
) throws -> [TranslationUnit] {
  try units(Array(text.utf8), name, format: format, from: source, to: target)
}

/// Pairs of a unit as `source=target`, with the codes of tags.
func pairs(_ units: [TranslationUnit]) -> [String] {
  units.flatMap(\.pairs).map { "\($0.source.text(keepingTags: true))=\($0.target.text(keepingTags: true))" }
}

/// A file filled by a translator that puts every word in capitals.
func filled(_ contents: [UInt8], _ name: String, _ options: FillOptions = FillOptions()) throws -> [UInt8] {
  try DocumentTranslation(contents: contents, path: name, options: options)
    .filled { $0.map { $0.uppercased() } }.contents
}

func filled(_ text: String, _ name: String, _ options: FillOptions = FillOptions()) throws -> String {
  String(decoding: try filled(Array(text.utf8), name, options), as: UTF8.self)
}

extension FillOptions {
  init(to target: String, mark: FillMark = .fuzzy, overwrites: Bool = false) {
    self.init()
    (targetLanguage, self.mark, overwritesTranslations) = (target, mark, overwrites)
  }
}

extension String {
  /// UTF-16 with a byte order mark.
  func utf16(bigEndian: Bool = false) -> [UInt8] {
    ("\u{feff}" + self).utf16.flatMap { unit in
      let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }
}

/// The message of the error that a body throws; empty if it throws none.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch {
    return "\(error)"
  }
}

/// A file that is removed after the test.
final class TemporaryFile {
  let path: String

  init(_ text: String, name: String = "file") {
    path = FileManager.default.temporaryDirectory.path + "/corpus-\(UUID().uuidString)-\(name)"
    _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
