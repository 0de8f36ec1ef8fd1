public import Files

/// A source and a target language, as codes of a file.
public struct LanguagePair: Sendable, Hashable, CustomStringConvertible {
  /// The code of the source language; empty if the file does not say.
  public let source: String
  /// The code of the target language; empty if the file does not say.
  public let target: String

  /// The languages of two codes.
  public init(source: String, target: String) { (self.source, self.target) = (source, target) }

  /// Whether languages that were asked for may be these; what is empty fits everything.
  public func fits(source: String, target: String) -> Bool {
    CorpusFormats.fits(source, self.source) && CorpusFormats.fits(target, self.target)
  }

  /// The codes with an arrow between them; `?` if unknown.
  public var description: String { "\(source.isEmpty ? "?" : source) → \(target.isEmpty ? "?" : target)" }
}

/// Reads the units of a translation file one by one.
///
///     var reader = try CorpusReader(path: "app.po")
///     while let unit = try reader.next() { print(unit.source[0].plain) }
///
/// Memory does not grow with translation memories and XLIFF files; other formats are read as a whole.
public struct CorpusReader {
  /// The format of the file; nil for text.
  public let format: CorpusFormat?
  /// The languages that units have, with the number of units.
  public private(set) var languages: [LanguagePair: Int] = [:]

  /// The codes of all languages in the file, as far as it was read, chosen or not.
  public var seenLanguages: Set<String> {
    let seen = reader.seenLanguages
    return seen.isEmpty ? Set(languages.keys.flatMap { [$0.source, $0.target] }).subtracting([""]) : seen
  }

  private let path: String
  private let source, target: String
  private var reader: any UnitReader
  private var waiting: ArraySlice<TranslationUnit> = []

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file, plain or gzip; `-` is standard input.
  ///   - format: its format; nil to recognize it by its content and name.
  ///   - sourceLanguage: the code of the language to translate from: `en` finds `en-US`; empty for that of the file.
  ///   - targetLanguage: the code of the language to translate to; empty for that of the file.
  /// - Throws: ``FileError``.
  public init(
    path: String, format: CorpusFormat? = nil, sourceLanguage: String = "", targetLanguage: String = ""
  )
    throws(FileError)
  {
    let input = try CorpusInput(path: path, format: format, isTextAllowed: true)
    if input.isZip, path != "-" {
      let zipped = try ZippedCorpus(path: path)
        .reader(format: format, source: sourceLanguage, target: targetLanguage)
      (reader, self.format) = (zipped.reader, zipped.format)
      // Names in an archive say what languages the files have.
      source = zipped.languages.source.isEmpty ? sourceLanguage : zipped.languages.source
      target = zipped.languages.target.isEmpty ? targetLanguage : zipped.languages.target
      self.path = path
      return
    }
    try input.requireFormat()
    (self.path, self.format, source, target) = (path, input.format, sourceLanguage, targetLanguage)
    reader = try input.reader(source: sourceLanguage, target: targetLanguage)
  }

  /// Opens two files of one language each: text line by line, Android's resources, or Apple's `.strings`.
  ///
  /// - Parameters:
  ///   - path: the file in the source language.
  ///   - targetPath: the file in the target language.
  ///   - format: the format of both; nil to recognize it, or for text.
  ///   - sourceLanguage: the code of the source language; empty if it is not known.
  ///   - targetLanguage: the code of the target language.
  /// - Throws: ``FileError``.
  public init(
    path: String, targetPath: String, format: CorpusFormat? = nil, sourceLanguage: String = "",
    targetLanguage: String = ""
  ) throws(FileError) {
    (self.path, source, target) = (path, sourceLanguage, targetLanguage)
    let inputs = (
      try CorpusInput(path: path, format: format, isTextAllowed: true),
      try CorpusInput(path: targetPath, format: format, isTextAllowed: true)
    )
    let formats = (inputs.0.recognized, inputs.1.recognized)
    guard formats.0 == formats.1, formats.0?.isMonolingual ?? true else {
      throw .invalidFormat(
        path: targetPath, place: "",
        found: "the formats \(formats.0?.rawValue ?? "text") and \(formats.1?.rawValue ?? "text")",
        expected: "two files of text, or of android or strings",
        hint: "a file that has its translations needs no second one")
    }
    self.format = formats.0
    guard formats.0 != nil else {
      reader = AlignedTextReader(inputs.0.lines(), inputs.1.lines())
      return
    }
    reader = try MatchedReader(
      inputs.0.reader(source: "", target: ""), inputs.1.reader(source: "", target: ""))
  }

  /// Reads a file in memory.
  ///
  /// - Parameters:
  ///   - contents: its bytes, not compressed.
  ///   - path: its name, for messages and to recognize its format.
  ///   - format: as for a file on disk.
  ///   - sourceLanguage: as for a file on disk.
  ///   - targetLanguage: as for a file on disk.
  /// - Throws: ``FileError``.
  package init(
    contents: [UInt8], path: String, format: CorpusFormat? = nil, sourceLanguage: String = "",
    targetLanguage: String = ""
  ) throws(FileError) {
    let input = try CorpusInput(pieces(of: contents), path: path, format: format)
    (self.path, self.format, source, target) = (path, input.format, sourceLanguage, targetLanguage)
    reader = try input.reader(source: sourceLanguage, target: targetLanguage)
  }

  /// The next unit; nil after the last one.
  ///
  /// - Throws: ``FileError`` if the file is damaged, or has other languages than those that were asked for.
  public mutating func next() throws(FileError) -> TranslationUnit? {
    while true {
      if var unit = waiting.popFirst() {
        if unit.sourceLanguage.isEmpty { unit.sourceLanguage = source }
        if unit.targetLanguage.isEmpty { unit.targetLanguage = target }
        let pair = LanguagePair(source: unit.sourceLanguage, target: unit.targetLanguage)
        if languages.count < 1000 || languages[pair] != nil { languages[pair, default: 0] += 1 }
        return unit
      }
      guard let located = try reader.next() else { return nil }
      waiting = []
      for unit in located.units { waiting += try oriented(unit) }
    }
  }

  /// The unit from the source to the target language that were asked for.
  ///
  /// If it goes from the target to the source language, it is turned around, with a unit for each of its pairs.
  private func oriented(_ unit: TranslationUnit) throws(FileError) -> [TranslationUnit] {
    if fits(source, unit.sourceLanguage), fits(target, unit.targetLanguage) { return [unit] }
    // At least one of the languages must be known to be the other side's.
    let isTurned =
      LanguageMatch(source, unit.targetLanguage) != nil && fits(target, unit.sourceLanguage)
      || LanguageMatch(target, unit.sourceLanguage) != nil && fits(source, unit.targetLanguage)
    guard isTurned else { throw .otherLanguages(path, source, target, unit) }
    var turned = unit
    (turned.sourceLanguage, turned.targetLanguage) = (unit.targetLanguage, unit.sourceLanguage)
    turned.singularForm = 0
    // A text without a translation has nothing to translate from.
    guard !unit.pairs.isEmpty else {
      (turned.source, turned.targets, turned.state) = ([TaggedText()], [unit.source], .untranslated)
      return [turned]
    }
    return unit.pairs.map { pair in
      (turned.source, turned.targets) = ([pair.target], [[pair.source]])
      return turned
    }
  }
}

/// Whether a language may be the one that was asked for; what is not known may be.
func fits(_ wanted: String, _ found: String) -> Bool {
  wanted.isEmpty || found.isEmpty || LanguageMatch(wanted, found) != nil
}

extension FileError {
  /// The error for a unit in other languages than those that were asked for.
  static func otherLanguages(_ path: String, _ source: String, _ target: String, _ unit: TranslationUnit)
    -> FileError
  {
    .invalidFormat(
      path: path, place: unit.id.isEmpty ? "" : "unit '\(unit.id.prefix(40))'",
      found: "\(LanguagePair(source: unit.sourceLanguage, target: unit.targetLanguage))",
      expected: "\(LanguagePair(source: source, target: target))", hint: "give the languages of the file")
  }
}
