public import Files

/// Reads the finished translations of a file as pairs of lines, for training.
///
///     var pairs = try CorpusPairs(path: "memory.tmx", targetLanguage: "de")
///     while let pair = try pairs.next() { print(pair.source, pair.target) }
///
/// Line ends and tabs within a text become spaces. Fuzzy messages, drafts and units without text on one of the sides are
/// left out and counted.
public struct CorpusPairs {
  /// What was read so far.
  public private(set) var summary = PairSummary()

  private let path: String
  private let keepsTags: Bool
  private var reader: CorpusReader
  private var waiting: [(source: String, target: String)] = []
  /// The languages of the first unit.
  private var languages: LanguagePair?

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file, plain or gzip.
  ///   - sourceLanguage: the code of the language to translate from; empty for that of the file.
  ///   - targetLanguage: the code of the language to translate to; empty for that of the file.
  ///   - keepsTags: whether the code of formatting tags is part of the text.
  /// - Throws: ``FileError``, also for a file in one language.
  public init(
    path: String, sourceLanguage: String = "", targetLanguage: String = "", keepsTags: Bool = false
  ) throws(FileError) {
    (self.path, self.keepsTags) = (path, keepsTags)
    reader = try CorpusReader(path: path, sourceLanguage: sourceLanguage, targetLanguage: targetLanguage)
    if let format = reader.format, format.isMonolingual {
      throw .invalidFormat(
        path: path, place: "", found: "the format \(format.rawValue), which has one language",
        expected: "texts with their translations",
        hint: "make a file of both by convert-corpus --target-input")
    }
  }

  /// What was read and left out, for people.
  public var report: [String] { summary.lines(path: path, reader) }

  /// The next pair; nil after the last one.
  ///
  /// - Throws: ``FileError`` if the file is damaged, has other languages than those that were asked for, or has several
  ///   that were not, or if it has no pair at all.
  public mutating func next() throws(FileError) -> (source: String, target: String)? {
    while waiting.isEmpty {
      guard let unit = try reader.next() else {
        guard summary.pairs > 0 else { throw nothingFound }
        return nil
      }
      guard unit.state == .translated else {
        summary.leaveOut(unit)
        continue
      }
      try compareLanguages(unit)
      for pair in unit.pairs.reversed() {
        let (source, target) = (
          line(of: pair.source, stripsTags: !keepsTags), line(of: pair.target, stripsTags: !keepsTags)
        )
        if !source.isEmpty, !target.isEmpty { waiting.append((source, target)) }
      }
      if waiting.isEmpty { summary.empty += 1 } else { summary.units += 1 }
    }
    summary.pairs += 1
    return waiting.removeLast()
  }

  /// Units of a file may have different regions of a language, but not different languages.
  private mutating func compareLanguages(_ unit: TranslationUnit) throws(FileError) {
    let pair = LanguagePair(source: unit.sourceLanguage, target: unit.targetLanguage)
    guard let languages else {
      languages = pair
      return
    }
    guard pair != languages, !(pair.agrees(with: languages)) else { return }
    throw .invalidFormat(
      path: path, place: unit.id.isEmpty ? "" : "unit '\(unit.id.prefix(40))'",
      found: "\(pair) after units of \(languages)", expected: "one pair of languages",
      hint: "give --source-language and --target-language, or split the file by convert-corpus")
  }

  private var nothingFound: FileError {
    let languages = reader.seenLanguages.sorted()
    return .invalidFormat(
      path: path, place: "",
      found:
        "no pair (\(summary.leftOut); languages: \(languages.isEmpty ? "not named" : languages.joined(separator: ", ")))",
      expected: "finished translations", hint: "see --source-language and --target-language")
  }
}

extension LanguagePair {
  /// Whether both sides have the same language and script; what is not known agrees with everything.
  func agrees(with other: LanguagePair) -> Bool {
    func agree(_ one: String, _ other: String) -> Bool {
      if one.isEmpty || other.isEmpty { return true }
      let (a, b) = (LanguageCode.known(one), LanguageCode.known(other))
      return (a.language, a.script) == (b.language, b.script)
    }
    return agree(source, other.source) && agree(target, other.target)
  }
}
