public import Files

/// A format of files with text and its translations.
public enum CorpusFormat: String, Sendable, CaseIterable {
  /// GNU gettext's catalogs.
  case po
  /// GNU gettext's compiled catalogs.
  case mo
  /// Translation memories.
  case tmx
  /// XLIFF 1 and 2, SDLXLIFF.
  case xliff
  /// Qt Linguist's translations.
  case qt
  /// Android's resources, in one language.
  case android
  /// Apple's `.strings`, in one language.
  case strings
  /// Apple's string catalogs.
  case xcstrings
  /// Two columns with a tab between them.
  case tsv
  /// Glossaries, TBX.
  case tbx

  /// Whether it is XML.
  var isXML: Bool { [.tmx, .xliff, .qt, .android, .tbx].contains(self) }
  /// Whether files have text of one language, so that a translation replaces its source.
  public var isMonolingual: Bool { self == .android || self == .strings }

  /// The format of a file whose name and content both are those of a format in which translations can be filled in; nil
  /// for plain text, tables, and standard input.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  public static func ofNamedFile(_ path: String) throws(FileError) -> CorpusFormat? {
    let name = path.lowercased()
    let ending = (name.hasSuffix(".gz") ? name.dropLast(3) : name[...]).split(separator: ".").last ?? ""
    let endings = [
      "po", "pot", "mo", "tmx", "xlf", "xliff", "sdlxliff", "mqxliff", "ts", "xml", "strings", "xcstrings",
      "tbx",
    ]
    guard path != "-", endings.contains(String(ending)) else { return nil }
    return try CorpusInput(path: path, format: nil, isTextAllowed: true).recognized
  }

  /// The format of a file by its content and, for formats that content does not show, by its name.
  ///
  /// - Parameters:
  ///   - path: the file's name.
  ///   - beginning: its first bytes, decompressed.
  /// - Returns: nil for plain text and anything else.
  static func recognize(path: String, beginning: [UInt8]) -> CorpusFormat? {
    if beginning.starts(with: MOReader.magic) || beginning.starts(with: MOReader.magic.reversed()) {
      return .mo
    }
    let text = XMLHead.text(beginning)
    if let root = XMLHead.rootElement(text) {
      switch root.split(separator: ":").last.map(String.init) ?? root {
      case "tmx": return .tmx
      case "xliff": return .xliff
      case "TS": return .qt
      case "resources": return .android
      case "martif", "tbx": return .tbx
      default: return nil
      }
    }
    let name = path.lowercased().split(separator: "/").last ?? ""
    let plain = name.hasSuffix(".gz") ? name.dropLast(3) : name
    switch plain.split(separator: ".").last {
    case "po", "pot": return .po
    case "strings": return .strings
    case "xcstrings": return .xcstrings
    case "tsv", "tab": return .tsv
    default: return text.split(separator: "\n").contains { $0.hasPrefix("msgid \"") } ? .po : nil
    }
  }
}
