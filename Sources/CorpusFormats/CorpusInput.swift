import Files

/// A file, open, of which the format is known.
struct CorpusInput {
  /// The largest file of the formats that are read as a whole.
  static let largestWhole = 1 << 29

  let path: String
  /// The format; nil for text.
  let recognized: CorpusFormat?
  var format: CorpusFormat { recognized ?? .tsv }
  private let pieces: XMLReader.Pieces
  /// Whether characters take more than a byte: UTF-16.
  private let isWide: Bool
  /// Whether it is a zip archive.
  let isZip: Bool

  /// - Parameters:
  ///   - path: the file, plain or gzip; `-` is standard input.
  ///   - format: its format; nil to recognize it.
  ///   - isTextAllowed: whether a file of no known format is text.
  /// - Throws: ``FileError`` if the file cannot be read, or if its format is unknown.
  init(path: String, format: CorpusFormat?, isTextAllowed: Bool = false) throws(FileError) {
    try self.init(
      CorpusFormats.pieces(ofFile: path), path: path, format: format, isTextAllowed: isTextAllowed)
  }

  init(_ pieces: @escaping XMLReader.Pieces, path: String, format: CorpusFormat?, isTextAllowed: Bool = false)
    throws(FileError)
  {
    var (beginning, isAtEnd): ([UInt8], Bool) = ([], false)
    while beginning.count < 1 << 12, !isAtEnd {
      if let piece = try pieces() { beginning += piece } else { isAtEnd = true }
    }
    recognized = format ?? CorpusFormat.recognize(path: path, beginning: beginning)
    isZip = ZippedCorpus.isZip(beginning)
    self.path = path
    isWide = TextEncoding(of: beginning).map { !$0.isUTF8 } ?? false
    var first: [UInt8]? = beginning
    self.pieces = { () throws(FileError) in
      if let piece = first {
        first = nil
        return piece
      }
      return isAtEnd ? nil : try pieces()
    }
    if !isTextAllowed { try requireFormat() }
  }

  /// Throws an error if the format is unknown.
  func requireFormat() throws(FileError) {
    guard recognized == nil else { return }
    throw .invalidFormat(
      path: path, place: "", found: "none of the formats of translation files",
      expected: "one of \(CorpusFormat.allCases.map(\.rawValue).joined(separator: ", "))",
      hint: "give --format if it is one")
  }

  /// The lines of text.
  func lines() -> PieceLines { PieceLines(pieces, path: path) }

  /// All bytes of the file.
  ///
  /// - Throws: ``FileError`` if there are too many.
  func whole() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try pieces() {
      bytes += piece
      guard bytes.count <= Self.largestWhole else {
        throw .invalidFormat(
          path: path, place: "", found: "more than \(Self.largestWhole >> 20) MiB",
          expected: "less in this format",
          hint: "split the file")
      }
    }
    return bytes
  }

  /// The encoding of a whole file, which its content shows or declares.
  func encoding(of bytes: [UInt8]) -> TextEncoding {
    if format.isXML { return XMLHead.encoding(bytes) }
    if let encoding = TextEncoding(of: bytes) { return encoding }
    return format == .po ? TextEncoding(name: CatalogHeader.charset(ofCatalog: bytes)) : .utf8
  }

  /// Reads the units as the file arrives; formats that are small by nature are read as a whole first.
  func reader(source: String, target: String) throws(FileError) -> any UnitReader {
    if format.isXML {
      return try reader(XMLReader(path: path, pieces: pieces), source: source, target: target)
    }
    if format == .tsv, !isWide { return TSVReader(pieces, path: path) }
    let bytes = try whole()
    if format == .mo { return try MOReader(bytes, path: path) }
    let text = try encoding(of: bytes).decode(bytes, path: path)
    return try reader(text, source: source, target: target)
  }

  /// Reads the units of a whole file.
  ///
  /// - Parameters:
  ///   - text: the file as UTF-8, to whose bytes the places of units refer.
  ///   - source: the code of the source language; empty for that of the file.
  ///   - target: the code of the target language.
  /// - Returns: the reader.
  /// - Throws: ``FileError`` if the beginning is damaged.
  func reader(_ text: [UInt8], source: String, target: String) throws(FileError) -> any UnitReader {
    if format.isXML {
      let xml = XMLReader(path: path, encoding: "UTF-8", pieces: CorpusFormats.pieces(of: text))
      return try reader(xml, source: source, target: target)
    }
    switch format {
    case .po: return POReader(text, path: path)
    case .strings: return StringsReader(text, path: path)
    case .xcstrings:
      return try StringCatalogReader(
        text, languages: MemoryLanguages(source: source, target: target, path: path))
    case .tsv: return TSVReader(CorpusFormats.pieces(of: text), path: path)
    default:
      throw .invalidFormat(
        path: path, place: "", found: "the format \(format.rawValue)", expected: "another", hint: "")
    }
  }

  private func reader(_ xml: XMLReader, source: String, target: String) throws(FileError) -> any UnitReader {
    switch format {
    case .tmx: return TMXReader(xml, languages: MemoryLanguages(source: source, target: target, path: path))
    case .xliff: return XLIFFReader(xml)
    case .qt: return QtReader(xml)
    case .android: return AndroidReader(xml)
    case .tbx:
      return GlossaryUnitReader(xml, languages: MemoryLanguages(source: source, target: target, path: path))
    default:
      throw .invalidFormat(
        path: path, place: "", found: "the format \(format.rawValue)", expected: "another", hint: "")
    }
  }
}
