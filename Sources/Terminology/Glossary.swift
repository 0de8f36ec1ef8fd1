import CorpusFormats
public import Files

/// Terms with the translations that they must have.
public struct Glossary: Sendable, Equatable {
  /// A term.
  public struct Term: Sendable, Equatable {
    /// A word or phrase of the source language.
    public var source: String
    /// Its translations, one of which must be used; the first is the preferred one.
    public var targets: [String]

    /// A term with its translations.
    public init(source: String, targets: [String]) { (self.source, self.targets) = (source, targets) }
  }

  /// The terms, in the order in which they were read; of equal sources the last one counts.
  public var terms: [Term]

  /// A glossary of these terms.
  public init(_ terms: [Term] = []) { self.terms = terms }

  /// Reads a glossary.
  ///
  /// It is a table with tabs or a TBX file. A line of a table has a source term, target forms separated by `|`, and
  /// possibly a domain; empty lines and those that begin with `#` are comments.
  ///
  /// - Parameters:
  ///   - path: the file, plain or gzip.
  ///   - domain: reads only terms of this domain (in TBX, subject field), and those without one; "" for all.
  ///   - sourceLanguage: the code of the source language, for TBX; empty for that of the file.
  ///   - targetLanguage: the code of the target language, for TBX.
  /// - Throws: `FileError`, which names the line and what is wrong with it.
  public init(path: String, domain: String = "", sourceLanguage: String = "", targetLanguage: String = "")
    throws(FileError)
  {
    let name = path.lowercased()
    if [".tbx", ".tbx.gz"].contains(where: name.hasSuffix) {
      terms = try Self.termBase(path, domain, source: sourceLanguage, target: targetLanguage)
    } else {
      terms = try Self.table(path, domain)
    }
    if terms.isEmpty {
      throw .invalidFormat(
        path: path, place: "", found: "no term" + (domain.isEmpty ? "" : " of the domain '\(domain)'"),
        expected: "source term, tab, target forms separated by '|'",
        hint: domain.isEmpty ? "" : "the third column has the domain; leave it out to use all terms")
    }
  }

  private static func table(_ path: String, _ domain: String) throws(FileError) -> [Term] {
    let reader = try LineReader(path: path)
    var terms: [Term] = []
    while let line = try reader.next() {
      let text = String(decoding: line, as: UTF8.self)
      if trimmed(text).isEmpty || text.hasPrefix("#") { continue }
      let columns = text.split(separator: "\t", omittingEmptySubsequences: false).map { trimmed($0) }
      let forms =
        columns.count > 1 ? columns[1].split(separator: "|").map { trimmed($0) }.filter { !$0.isEmpty } : []
      guard 2...3 ~= columns.count, !columns[0].isEmpty, !forms.isEmpty else {
        throw .invalidFormat(
          path: path, place: "line \(reader.lineNumber)",
          found: columns.count > 3
            ? "\(columns.count) columns" : columns.count < 2 ? "no tab" : "an empty column",
          expected: "source term, tab, target forms separated by '|', and possibly a tab and a domain",
          hint: "")
      }
      if domain.isEmpty || columns.count < 3 || columns[2].isEmpty || columns[2] == domain {
        terms.append(Term(source: columns[0], targets: forms))
      }
    }
    return terms
  }

  private static func termBase(_ path: String, _ domain: String, source: String, target: String)
    throws(FileError) -> [Term]
  {
    var reader = try CorpusReader(path: path, format: .tbx, sourceLanguage: source, targetLanguage: target)
    var terms: [Term] = []
    while let unit = try reader.next() {
      guard domain.isEmpty || unit.context.isEmpty || unit.context == domain else { continue }
      let targets = unit.targets.compactMap { $0.first.map { trimmed($0.plain) } }.filter { !$0.isEmpty }
      guard let term = unit.source.first.map({ trimmed($0.plain) }), !term.isEmpty, !targets.isEmpty else {
        continue
      }
      terms.append(Term(source: term, targets: targets))
    }
    return terms
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let text = text.drop { $0.isWhitespace }
    return String(text.prefix(text.count - text.reversed().prefix { $0.isWhitespace }.count))
  }
}
