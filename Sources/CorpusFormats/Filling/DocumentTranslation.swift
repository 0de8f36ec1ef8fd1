public import Files

/// What to fill into a file, and how.
public struct FillOptions: Sendable, Equatable {
  /// The code of the language to translate from; empty for that of the file.
  public var sourceLanguage = ""
  /// The code of the language to translate to; empty for that of the file.
  public var targetLanguage = ""
  /// Whether to replace the translations that are there.
  public var overwritesTranslations = false
  /// How new translations are marked.
  public var mark = FillMark.fuzzy

  /// Fills what is missing, and marks it as unreviewed.
  public init() {}
}

/// Fills the missing translations of a file; everything else in it stays as it is, byte for byte.
///
/// The file is held as UTF-8, with the places of its units. Translations are inserted there and escaped as the format
/// needs it, and the result is encoded as the file was. If nothing is missing, the result is the same file.
public struct DocumentTranslation: Sendable {
  /// The format of the file.
  public let format: CorpusFormat
  /// The number of units in the file.
  public private(set) var unitCount = 0
  /// The number of texts to translate; a message with plural forms has several.
  public var missingCount: Int { jobs.count }
  /// The languages of the units to translate, with their number.
  public private(set) var languages: [LanguagePair: Int] = [:]

  private let path: String
  private let encoding: TextEncoding
  private let original: [UInt8]
  let text: [UInt8]
  private let options: FillOptions
  /// The units with something to translate.
  private var units: [LocatedUnit] = []
  private var jobs: [FillJob] = []

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: the file, plain or gzip; `-` is standard input.
  ///   - format: its format; nil to recognize it.
  ///   - options: what to fill in.
  /// - Throws: ``FileError`` if the file cannot be read, is damaged, has other languages, or cannot be written back.
  public init(path: String, format: CorpusFormat? = nil, options: FillOptions = FillOptions())
    throws(FileError)
  {
    try self.init(CorpusInput(path: path, format: format), options: options)
  }

  /// Reads a file in memory.
  ///
  /// - Parameters:
  ///   - contents: its bytes, not compressed.
  ///   - path: its name, for messages and to recognize its format.
  ///   - format: its format; nil to recognize it.
  ///   - options: what to fill in.
  /// - Throws: ``FileError``.
  package init(
    contents: [UInt8], path: String, format: CorpusFormat? = nil, options: FillOptions = FillOptions()
  ) throws(FileError) {
    try self.init(CorpusInput(pieces(of: contents), path: path, format: format), options: options)
  }

  private init(_ input: CorpusInput, options: FillOptions) throws(FileError) {
    (path, format, self.options) = (input.path, input.format, options)
    guard ![.mo, .tbx].contains(format) else {
      throw .invalidFormat(
        path: path, place: "", found: "the format \(format.rawValue)",
        expected: "one that translations can be written to",
        hint: format == .mo ? "translate the .po file and compile it with msgfmt" : "convert-corpus reads it")
    }
    original = try input.whole()
    encoding = input.encoding(of: original)
    text = try encoding.decode(original, path: path)
    if let zero = text.firstIndex(of: 0) {
      throw .invalidFormat(
        path: path, place: "byte \(zero)", found: "a zero byte", expected: "text", hint: "")
    }
    guard encoding.encode(text) == original else {
      throw .invalidFormat(
        path: path, place: "", found: "bytes that \(encoding.name) writes in another way",
        expected: "none, since "
          + "everything but translations must stay as it is", hint: "convert the file to UTF-8")
    }
    var reader = try input.reader(text, source: options.sourceLanguage, target: options.targetLanguage)
    while let located = try reader.next() {
      unitCount += located.isSegmented ? located.unit.source.count : 1
      let unit = located.unit
      guard
        format.isMonolingual
          || fits(options.sourceLanguage, unit.sourceLanguage)
            && fits(options.targetLanguage, unit.targetLanguage)
      else { throw .otherLanguages(path, options.sourceLanguage, options.targetLanguage, unit) }
      guard ![.tmx, .xcstrings].contains(format) || !unit.targetLanguage.isEmpty else {
        throw .invalidFormat(
          path: path, place: unit.id.isEmpty ? "" : "unit '\(unit.id.prefix(40))'",
          found: "no target language",
          expected: "one to translate to", hint: "give --target-language")
      }
      add(located)
    }
  }

  private mutating func add(_ located: LocatedUnit) {
    var isAdded = false
    for (place, target) in located.places.enumerated() where isWanted(target.state) {
      guard target.source < located.unit.source.count, located.unit.source[target.source].hasText else {
        continue
      }
      jobs.append(
        FillJob(unit: units.count, place: place, plan: SegmentPlan(located.unit.source[target.source])))
      isAdded = true
    }
    guard isAdded else { return }
    languages[
      LanguagePair(source: located.unit.sourceLanguage, target: located.unit.targetLanguage), default: 0] += 1
    units.append(located)
  }

  private func isWanted(_ state: TranslationState) -> Bool {
    state == .untranslated || options.overwritesTranslations && state != .doNotTranslate
  }

  /// The file with its translations.
  ///
  /// - Parameter translate: translates lines, one for each; called up to three times.
  /// - Returns: the bytes of the file and what was done.
  /// - Throws: errors of `translate`, and ``FileError``.
  public func filled(by translate: ([String]) throws -> [String]) throws -> FilledDocument {
    var rounds = FillRounds(jobs)
    while let lines = rounds.nextLines() { rounds.take(try translate(lines)) }
    return try filled(rounds.results)
  }

  /// The file with its translations.
  ///
  /// - Parameter translate: translates lines, one for each; called up to three times.
  /// - Returns: the bytes of the file and what was done.
  /// - Throws: errors of `translate`, and ``FileError``.
  public func filled(by translate: ([String]) async throws -> [String]) async throws -> FilledDocument {
    var rounds = FillRounds(jobs)
    while let lines = rounds.nextLines() { rounds.take(try await translate(lines)) }
    return try filled(rounds.results)
  }

  /// The lines that are translated first.
  public var lines: [String] {
    var rounds = FillRounds(jobs)
    return rounds.nextLines() ?? []
  }

  private func filled(_ results: [TaggedText?]) throws(FileError) -> FilledDocument {
    var forms = units.map { [TaggedText?](repeating: nil, count: $0.places.count) }
    var document = FilledDocument()
    for (job, result) in zip(jobs, results) {
      guard let result else {
        document.leftCount += 1
        continue
      }
      forms[job.unit][job.place] = result
    }
    var edits: [Edit] = []
    for (unit, forms) in zip(units, forms) where forms.contains(where: { $0 != nil }) {
      let count = forms.count { $0 != nil }
      let made = unit.fill?(LocatedUnit.Texts(document: text, forms: forms, mark: options.mark)) ?? []
      if let made = writable(made), !made.isEmpty {
        edits += made
        document.filledCount += count
      } else {
        document.leftCount += count
      }
    }
    guard !edits.isEmpty else {
      document.contents = original
      return document
    }
    let whole = try applying(withLineEnds(edits), to: text, path: path)
    guard let contents = encoding.encode(whole) else {
      throw .invalidFormat(
        path: path, place: "", found: "a character that \(encoding.name) lacks", expected: "none",
        hint: "convert the file to UTF-8")
    }
    document.contents = contents
    return document
  }

  /// The changes with characters that the file's encoding lacks as XML's references; nil if they cannot be written.
  private func writable(_ edits: [Edit]) -> [Edit]? {
    guard !encoding.isUnicode else { return edits }
    var result: [Edit] = []
    for edit in edits {
      if encoding.encode(edit.replacement) != nil {
        result.append(edit)
      } else if format.isXML {
        let text = String(decoding: edit.replacement, as: UTF8.self).unicodeScalars.map { scalar in
          let character = String(Character(scalar))
          return encoding.encode(Array(character.utf8)) == nil ? "&#\(scalar.value);" : character
        }
        result.append(Edit(edit.range, text.joined()))
      } else {
        return nil
      }
    }
    return result
  }

  /// The changes with the line ends of the file.
  private func withLineEnds(_ edits: [Edit]) -> [Edit] {
    guard let end = text.firstIndex(of: UInt8(ascii: "\n")), end > 0, text[end - 1] == UInt8(ascii: "\r")
    else {
      return edits
    }
    return edits.map { edit in
      Edit(edit.range, String(decoding: edit.replacement, as: UTF8.self).replacing("\n", with: "\r\n"))
    }
  }
}
