import CorpusFormats
import Files
import Foundation
import LanguageIdentification
import Machine

/// The translated messages of all catalogs below folders.
///
/// - Parameters:
///   - folders: where to look; `/usr/share` if there are none.
///   - languages: codes; the built-in list if there are none.
///   - threads: catalogs may be read at the same time.
/// - Returns: texts in alphabetical order of the languages.
/// - Throws: ``FileError`` if a folder cannot be read.
func catalogTexts(_ folders: [String], _ languages: [String], threads: Int) throws -> [LanguageText] {
  let wanted = Set(languages.isEmpty ? knownLanguages : languages)
  let paths = try catalogs(below: folders.isEmpty ? ["/usr/share"] : folders)
  var messages: [String: [String: Bool]] = [:]
  for catalog in concurrentMap(paths, threads: threads, { Catalog($0, wanted) }) {
    for message in catalog.messages { messages[catalog.language, default: [:]][message] = catalog.isHeldOut }
    if wanted.contains("en") {
      for message in catalog.originals { messages["en", default: [:]][message] = catalog.isHeldOut }
    }
  }
  return texts(of: messages)
}

/// The messages of a catalog.
private struct Catalog: Sendable {
  var language = ""
  var isHeldOut = false
  var messages: Set<String> = []
  /// What the messages are translated from.
  var originals: Set<String> = []

  /// Reads a catalog, up to its first damage; no messages of languages that are not wanted.
  init(_ path: String, _ wanted: Set<String>) {
    let parts = path.split(separator: "/")
    let name = String(parts[parts.count - 1])
    // Lists of names say little about a language.
    guard !name.hasPrefix("iso_"), !name.hasPrefix("xkeyboard") else { return }
    guard let found = languageOfLocale(String(parts[parts.count - 3])), wanted.contains(found),
      var reader = try? CorpusReader(path: path)
    else { return }
    language = found
    isHeldOut = name.utf8.reduce(UInt32(7)) { $0 &* 31 &+ UInt32($1) } >> 8 % 10 == 0
    while let unit = try? reader.next() {
      guard let source = unit.source.last?.plain, let target = unit.targets.first?.last?.plain,
        source != target
      else { continue }
      let (before, after) = (cleanMessage(source), cleanMessage(target))
      guard isTranslated(after, from: before) || language == "en" else { continue }
      if isLongEnough(after) { messages.insert(after) }
      if isLongEnough(before) { originals.insert(before) }
    }
  }
}

/// Leaves out messages that several languages have.
private func texts(of messages: [String: [String: Bool]]) -> [LanguageText] {
  var counts: [String: Int] = [:]
  for ofLanguage in messages.values { for message in ofLanguage.keys { counts[message, default: 0] += 1 } }
  return messages.keys.sorted().map { language in
    var text = LanguageText(language: language)
    for (message, isHeldOut) in (messages[language] ?? [:]).sorted(by: { $0.key < $1.key })
    where counts[message] == 1 {
      if isHeldOut {
        text.heldOut.append(Array(message.utf8))
      } else {
        text.training.append(Array(message.utf8))
      }
    }
    return text
  }
}

/// The paths of all catalogs, in alphabetical order; links are left out.
private func catalogs(below folders: [String]) throws -> [String] {
  var paths: [String] = []
  for folder in folders {
    guard folderExists(folder), let files = FileManager.default.enumerator(atPath: folder) else {
      throw FileError.notFound(path: folder)
    }
    for case let file as String in files
    where file.hasSuffix(".mo") && file.split(separator: "/").dropLast().last == "LC_MESSAGES" {
      let type = files.fileAttributes?[.type] as? FileAttributeType
      if type == .typeRegular, file.split(separator: "/").count > 2 { paths.append(folder + "/" + file) }
    }
  }
  return paths.sorted()
}

/// Text of a folder with a file `LANGUAGE.txt` for each language; every tenth line is held out.
func folderTexts(_ folder: String) throws -> [LanguageText] {
  try fileNames(in: folder).filter { $0.hasSuffix(".txt") }.map { name in
    var text = LanguageText(language: String(name.dropLast(4)))
    for (number, line) in try lines(of: "\(folder)/\(name)").enumerated() {
      if number % 10 == 9 { text.heldOut.append(line) } else { text.training.append(line) }
    }
    return text
  }
}

/// The lines of a file.
func lines(of path: String) throws -> [[UInt8]] {
  let reader = try LineReader(path: path)
  var lines: [[UInt8]] = []
  while let line = try reader.next() { lines.append(line) }
  return lines
}
