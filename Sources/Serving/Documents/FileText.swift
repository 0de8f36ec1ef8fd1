import CorpusFormats
import Files
import Text
import Translation

/// A file of any format whose text can be translated in place.
struct FileText: Sendable {
  private enum Form {
    case text(lines: [String], ends: [String])
    case document(TextDocument)
    case package(PackageDocument)
    /// A file with texts in two languages, of which those without a translation are filled in.
    case units(DocumentTranslation)
  }

  private let form: Form
  private let path: String
  private let mark: [UInt8]

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - contents: its bytes.
  ///   - format: its format.
  ///   - path: its name for messages.
  ///   - source: the code of the language to translate from; empty for that of the file.
  ///   - target: the code of the language to translate to.
  /// - Throws: `FileError` if it is damaged, or has other languages.
  init(_ contents: [UInt8], _ format: FileFormat, path: String, source: String, target: String)
    throws(FileError)
  {
    self.path = path
    var mark: [UInt8] = []
    switch format {
    case .text:
      let start: [UInt8] = [0xEF, 0xBB, 0xBF]
      if contents.starts(with: start) { mark = start }
      let body = Array(contents.dropFirst(mark.count))
      try Self.requireUTF8(body, path)
      let (lines, ends) = linesWithEnds(of: String(decoding: body, as: UTF8.self))
      form = .text(lines: lines, ends: ends)
    case .document(let format):
      try Self.requireUTF8(contents, path)
      form = .document(TextDocument(contents: contents, format: format))
    case .package: form = .package(try PackageDocument(contents: contents, path: path))
    case .units:
      var options = FillOptions()
      (options.sourceLanguage, options.targetLanguage) = (source, target)
      let document = try DocumentTranslation(contents: contents, path: path, options: options)
      guard document.format != .tmx || document.unitCount > 0 else {
        throw .invalidFormat(
          path: path, place: "", found: "no text in the language '\(source)'",
          expected: "the language of the request",
          hint: "")
      }
      form = .units(document)
    }
    self.mark = mark
  }

  private static func requireUTF8(_ contents: [UInt8], _ path: String) throws(FileError) {
    guard isUTF8(contents), !contents.contains(0) else {
      throw .invalidFormat(
        path: path, place: "", found: "bytes that are not UTF-8", expected: "text in UTF-8",
        hint: "convert the file")
    }
  }

  /// The lines to translate; of a file with two languages, those that are translated first.
  var lines: [SourceLine] {
    switch form {
    case .text(let lines, _): lines.map { SourceLine($0) }
    case .document(let document): document.lines.map(SourceLine.init(_:))
    case .package(let document): document.lines.map(SourceLine.init(_:))
    case .units(let document): document.lines.map { SourceLine($0) }
    }
  }

  /// The code of the language that the file says it is in; empty if it says none, or several.
  var declaredSource: String {
    guard case .units(let document) = form else { return "" }
    let codes = Set(document.languages.keys.map(\.source))
    return codes.count == 1 ? codes.first ?? "" : ""
  }

  /// The file with translations.
  ///
  /// - Parameter translate: translates lines, one for each; called up to three times.
  /// - Returns: its bytes.
  /// - Throws: errors of `translate`, and `FileError`.
  func filled(by translate: ([SourceLine]) async throws -> [String]) async throws -> [UInt8] {
    switch form {
    case .text(let lines, let ends):
      let translations = try await translate(lines.map { SourceLine($0) })
      return mark + zip(translations, ends).flatMap { Array(($0 + $1).utf8) }
    case .document(let document): return document.filled(try await translate(self.lines)).contents
    case .package(let document):
      let translations = try await translate(self.lines)
      return try await onThread { try document.filled(translations).contents }
    case .units(let document):
      return try await document.filled { try await translate($0.map { SourceLine($0) }) }.contents
    }
  }
}

extension SourceLine {
  fileprivate init(_ line: TextDocument.Line) {
    self.init(line.text)
    spans = line.spans
  }
}
