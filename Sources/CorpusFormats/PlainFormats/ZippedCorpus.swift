import Files
import ModelFormats
import Text

/// A corpus in a zip archive: text in files `NAME.en-fr.en` and `NAME.en-fr.fr`, as OPUS publishes it for Moses, or one file
/// of another format.
struct ZippedCorpus {
  private let archive: ZipArchive
  private let path: String
  /// The entries with text, without notes and what systems add.
  private let entries: [ZipArchive.Entry]

  /// Whether a file is a zip archive, by its first bytes.
  static func isZip(_ beginning: [UInt8]) -> Bool { beginning.starts(with: [0x50, 0x4b, 0x03, 0x04]) }

  /// - Throws: `FileError` if the archive is damaged.
  init(path: String) throws(FileError) {
    self.path = path
    archive = try ZipArchive(path: path)
    entries = archive.entries.filter { entry in
      let name = entry.name.split(separator: "/").last ?? ""
      let isNote = ["README", "LICENSE", "LICENCE"].contains { name.uppercased().hasPrefix($0) }
      return !isNote && !name.hasPrefix(".") && !entry.name.hasPrefix("__MACOSX/") && !name.isEmpty
    }
  }

  /// A text file with its language.
  private struct Side {
    let entry: ZipArchive.Entry
    let stem: String
    let code: String
  }

  /// A reader of the pairs.
  ///
  /// - Parameters:
  ///   - format: the format of a single file; nil to recognize it.
  ///   - source: the code of the source language; empty for the first of the names, `en` in `NAME.en-fr.en`.
  ///   - target: the code of the target language; empty for the other.
  /// - Returns: the reader, the format if it is not text, and the languages.
  /// - Throws: `FileError` if it is not clear which files belong together.
  func reader(format: CorpusFormat?, source: String, target: String) throws(FileError)
    -> (reader: any UnitReader, format: CorpusFormat?, languages: LanguagePair)
  {
    if entries.count == 1, let entry = entries.first {
      let input = try CorpusInput(pieces(of: entry), path: "\(path): \(entry.name)", format: format)
      return (
        try input.reader(source: source, target: target), input.recognized,
        LanguagePair(source: "", target: "")
      )
    }
    let sides = entries.compactMap(side)
    guard let first = sides.first, sides.allSatisfy({ $0.stem == first.stem }), sides.count > 1 else {
      throw problem("the files \(entries.prefix(6).map(\.name).joined(separator: ", "))")
    }
    let direction = direction(of: first.stem)
    let wanted = (source.isEmpty && target.isEmpty ? direction.source : source, target)
    let chosen = wanted.0.isEmpty ? [] : sides.bestMatches(wanted.0, \.code)
    let others = sides.filter { side in side.code != chosen.first?.code }
    let targets = wanted.1.isEmpty ? others : others.bestMatches(wanted.1, \.code)
    if chosen.isEmpty, wanted.0.isEmpty, let end = targets.first, sides.count == 2 {
      // Only the target is known, so the other one is the source.
      guard let start = sides.first(where: { $0.code != end.code }), !wanted.1.isEmpty else {
        throw problem("texts in \(sides.map(\.code).joined(separator: ", "))")
      }
      return aligned(start, end)
    }
    guard let start = chosen.first, let end = targets.first, targets.count == 1 else {
      throw problem("texts in \(sides.map(\.code).joined(separator: ", "))")
    }
    return aligned(start, end)
  }

  private func aligned(_ source: Side, _ target: Side) -> (any UnitReader, CorpusFormat?, LanguagePair) {
    let lines = [source, target].map { PieceLines(pieces(of: $0.entry), path: "\(path): \($0.entry.name)") }
    return (
      AlignedTextReader(lines[0], lines[1]), nil, LanguagePair(source: source.code, target: target.code)
    )
  }

  private func pieces(of entry: ZipArchive.Entry) -> XMLReader.Pieces {
    let reader = entry.reader()
    return { () throws(FileError) in try reader.next() }
  }

  /// The language of a file by the end of its name; nil if that is none, as with lists of sentence numbers.
  private func side(_ entry: ZipArchive.Entry) -> Side? {
    let parts = entry.name.split(separator: ".")
    guard parts.count > 1, let code = parts.last.map(String.init),
      !["ids", "scores", "txt", "xml"].contains(code),
      let language = try? Language(code: code), language.isKnown
    else { return nil }
    return Side(entry: entry, stem: parts.dropLast().joined(separator: "."), code: code)
  }

  /// The languages in a name such as `NAME.en-fr`, in this order.
  private func direction(of stem: String) -> LanguagePair {
    let parts = stem.split(separator: ".").last?.split(separator: "-") ?? []
    guard parts.count == 2, parts.allSatisfy({ (try? Language(code: String($0)))?.isKnown == true }) else {
      return LanguagePair(source: "", target: "")
    }
    return LanguagePair(source: String(parts[0]), target: String(parts[1]))
  }

  private func problem(_ found: String) -> FileError {
    .invalidFormat(
      path: path, place: "", found: found,
      expected: "two files such as 'NAME.en-fr.en' and 'NAME.en-fr.fr', or one of a "
        + "format of translation files",
      hint: "give --source-language and --target-language, or unpack the archive")
  }
}
