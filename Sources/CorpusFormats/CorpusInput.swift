import Files

/// A file, open, of which the format is known.
struct CorpusInput {
  /// The largest file of the formats that are read as a whole.
  static let largestWhole = 1 << 30

  let path: String
  let format: CorpusFormat
  private let pieces: XMLReader.Pieces

  /// - Parameters:
  ///   - path: the file, plain or gzip; `-` is standard input.
  ///   - format: its format; nil to recognize it.
  /// - Throws: ``FileError`` if the file cannot be read, or if its format is unknown.
  init(path: String, format: CorpusFormat?) throws(FileError) {
    try self.init(CorpusFormats.pieces(ofFile: path), path: path, format: format)
  }

  init(_ pieces: @escaping XMLReader.Pieces, path: String, format: CorpusFormat?) throws(FileError) {
    var (beginning, isAtEnd): ([UInt8], Bool) = ([], false)
    while beginning.count < 1 << 12, !isAtEnd {
      if let piece = try pieces() { beginning += piece } else { isAtEnd = true }
    }
    guard let format = format ?? CorpusFormat.recognize(path: path, beginning: beginning) else {
      throw .invalidFormat(
        path: path, place: "", found: "none of the formats of translation files",
        expected: "one of \(CorpusFormat.allCases.map(\.rawValue).joined(separator: ", "))",
        hint: "give --format if it is one")
    }
    (self.path, self.format) = (path, format)
    var first: [UInt8]? = beginning
    self.pieces = { () throws(FileError) in
      if let piece = first {
        first = nil
        return piece
      }
      return isAtEnd ? nil : try pieces()
    }
  }

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
    let bytes = try whole()
    if format == .mo { return try MOReader(bytes, path: path) }
    let text = try encoding(of: bytes).decode(bytes, path: path)
    return try reader(text, source: source, target: target)
  }

  /// Reads the units of a whole file.
  ///
  /// - Parameter text: the file as UTF-8, to whose bytes the places of units refer.
  func reader(_ text: [UInt8], source: String, target: String) throws(FileError) -> any UnitReader {
    if format.isXML {
      let xml = XMLReader(path: path, encoding: "UTF-8", pieces: CorpusFormats.pieces(of: text))
      return try reader(xml, source: source, target: target)
    }
    switch format {
    case .po: return POReader(text, path: path)
    default:
      throw .invalidFormat(
        path: path, place: "", found: "the format \(format.rawValue)", expected: "another", hint: "")
    }
  }

  private func reader(_ xml: XMLReader, source: String, target: String) throws(FileError) -> any UnitReader {
    switch format {
    case .tmx: return TMXReader(xml, languages: MemoryLanguages(source: source, target: target, path: path))
    case .xliff: return XLIFFReader(xml)
    default:
      throw .invalidFormat(
        path: path, place: "", found: "the format \(format.rawValue)", expected: "another", hint: "")
    }
  }
}
