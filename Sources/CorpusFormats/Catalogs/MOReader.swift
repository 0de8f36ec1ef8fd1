import Files

/// Reads a compiled catalog of GNU gettext.
///
/// The hash table is not needed, and strings that depend on the system (revision 1) are left out.
///
/// Source: GNU gettext's manual, "The format of GNU MO files".
struct MOReader: UnitReader {
  private let path: String
  private let bytes: [UInt8]
  private let isBigEndian: Bool
  private let count: Int
  private let sources, targets: Int
  private var index = 0
  private var header = CatalogHeader()
  private var converter: TextConverter?
  /// The bytes of all strings that were read; they may not be many times those of the file.
  private var read = 0

  static let magic: [UInt8] = [0xde, 0x12, 0x04, 0x95]
  private static let headerSize = 28

  /// - Throws: ``FileError`` if the file is not one, or is damaged.
  init(_ bytes: [UInt8], path: String) throws(FileError) {
    (self.bytes, self.path) = (bytes, path)
    let isBigEndian = bytes.starts(with: Self.magic.reversed())
    self.isBigEndian = isBigEndian
    guard isBigEndian || bytes.starts(with: Self.magic), bytes.count >= Self.headerSize else {
      throw .invalidFormat(
        path: path, place: "", found: "no header of a compiled catalog", expected: "one of 28 bytes",
        hint: "compile the catalog again with msgfmt")
    }
    func number(_ place: Int) -> Int { Self.number(bytes, place, isBigEndian) }
    let revision = number(4)
    guard revision >> 16 <= 1 else {
      throw .invalidFormat(
        path: path, place: "header", found: "the major revision \(revision >> 16)", expected: "0 or 1",
        hint: "")
    }
    (count, sources, targets) = (number(8), number(12), number(16))
    for (name, start) in [("original strings", sources), ("translations", targets)] {
      // Sums of numbers below 2^32 are far from overflow.
      guard start >= 0, start + 8 * count <= bytes.count else {
        throw .invalidFormat(
          path: path, place: "header", found: "a table of \(count) \(name) at byte \(start)",
          expected: "one within the file's \(bytes.count) bytes", hint: "the file is damaged or cut off")
      }
    }
    try readHeader()
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ isBigEndian: Bool) -> Int {
    (0..<4).reduce(0) { $0 << 8 | Int(bytes[place + (isBigEndian ? $1 : 3 - $1)]) }
  }

  private mutating func readHeader() throws(FileError) {
    for index in 0..<count where Self.number(bytes, sources + 8 * index, isBigEndian) == 0 {
      let text = try string(targets, index)
      header = CatalogHeader(String(decoding: text, as: UTF8.self))
      break
    }
    let encoding = TextEncoding(name: header.charset)
    guard !encoding.isUTF8 else { return }
    converter = TextConverter(from: encoding.name, to: "UTF-8")
    guard converter != nil else {
      throw .invalidFormat(
        path: path, place: "header", found: "the encoding '\(header.charset.prefix(40))'",
        expected: "one that the system's iconv knows", hint: "iconv --list shows them")
    }
  }

  private mutating func string(_ table: Int, _ index: Int) throws(FileError) -> ArraySlice<UInt8> {
    let length = Self.number(bytes, table + 8 * index, isBigEndian)
    let start = Self.number(bytes, table + 8 * index + 4, isBigEndian)
    guard start <= bytes.count, length <= bytes.count - start else {
      throw .invalidFormat(
        path: path, place: "message \(index)", found: "\(length) bytes at byte \(start)",
        expected: "a string within the file's \(bytes.count) bytes", hint: "the file is damaged or cut off")
    }
    read += length
    guard read <= 16 * bytes.count else {
      throw .invalidFormat(
        path: path, place: "message \(index)", found: "strings that lie upon each other",
        expected: "each for itself",
        hint: "compile the catalog again with msgfmt")
    }
    return bytes[start..<start + length]
  }

  private func text(_ bytes: ArraySlice<UInt8>, _ index: Int) throws(FileError) -> String {
    if let converter {
      let outcome = converter.convert(Array(bytes))
      if outcome.failure == nil { return String(decoding: outcome.output, as: UTF8.self) }
    } else if isUTF8(Array(bytes)) {
      return String(decoding: bytes, as: UTF8.self)
    }
    throw .invalidFormat(
      path: path, place: "message \(index)",
      found: "bytes that are not \(TextEncoding(name: header.charset).name)",
      expected: "text in this encoding, which the header declares", hint: "")
  }

  mutating func next() throws(FileError) -> LocatedUnit? {
    while index < count {
      let (source, target) = (try string(sources, index), try string(targets, index))
      defer { index += 1 }
      var unit = TranslationUnit()
      var message = source
      if let end = source.firstIndex(of: 4) {
        unit.context = try text(source[..<end], index)
        message = source[(end + 1)...]
      } else if source.isEmpty {
        continue
      }
      unit.source = try split(message, limit: 2)
      unit.id = unit.source.first?.plain ?? ""
      unit.targets = [
        unit.source.count > 1 ? try split(target, limit: 100) : [TaggedText(try text(target, index))]
      ]
      (unit.sourceLanguage, unit.targetLanguage) = (header.sourceLanguage, header.language)
      unit.singularForm = header.plural.singular
      unit.state = unit.hasTranslation ? .translated : .untranslated
      return LocatedUnit(unit)
    }
    return nil
  }

  /// The forms of a message, between which are zero bytes.
  private func split(_ bytes: ArraySlice<UInt8>, limit: Int) throws(FileError) -> [TaggedText] {
    var forms: [TaggedText] = []
    for part in bytes.split(separator: 0, maxSplits: limit - 1, omittingEmptySubsequences: false) {
      forms.append(TaggedText(try text(part, index)))
    }
    return forms
  }
}
