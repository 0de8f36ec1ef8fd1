public import Files
import ModelFormats

/// A document that is a zip archive of parts, and the segments of text in them.
///
/// A segment is a paragraph, or the text of one between tabs and line breaks. Words of other formats than most of a
/// segment are within marks, so that they keep theirs. Everything but translated paragraphs comes back byte for byte,
/// and parts without any are not even decompressed.
public struct PackageDocument: Sendable {
  /// The format, which the contents show.
  public let format: PackageFormat
  /// The lines to translate, in order.
  public let lines: [TextDocument.Line]

  private let archive: PackageArchive
  private let parts: [Part]

  /// A part with something to translate.
  struct Part: Sendable {
    enum Contents: Sendable {
      case paragraphs(ParagraphDocument)
      case page(TextDocument)
    }

    let name: String
    let lineCount: Int
    let contents: Contents
  }

  /// Reads a document.
  ///
  /// - Parameter path: the file.
  /// - Throws: `FileError` if it cannot be read, is damaged, encrypted or too large, or is no document.
  public init(path: String) throws(FileError) { try self.init(FileBytes(path: path)) }

  /// Reads a document in memory.
  ///
  /// - Parameters:
  ///   - contents: its bytes.
  ///   - path: its name for messages.
  /// - Throws: `FileError`, as ``init(path:)``.
  public init(contents: [UInt8], path: String) throws(FileError) {
    try self.init(FileBytes(contents, path: path))
  }

  private init(_ bytes: FileBytes) throws(FileError) {
    archive = try PackageArchive(bytes)
    let found = try PackageParts(archive)
    format = found.format
    var (lines, parts, total): ([TextDocument.Line], [Part], Int) = ([], [], 0)
    for (name, kind) in found.parts {
      guard let contents = try archive.contents(name) else { continue }
      total += contents.count
      guard total <= PackageArchive.largestWhole else {
        throw .invalidFormat(
          path: archive.path, place: "", found: "more than \(PackageArchive.largestWhole >> 20) MiB of text",
          expected: "less", hint: "split the document")
      }
      let part = try Part(name, kind, contents, path: "\(archive.path): \(name)")
      lines += part.lines
      if part.lineCount > 0 { parts.append(part) }
    }
    (self.lines, self.parts) = (lines, parts)
  }

  /// The document with translations in the places of its segments.
  ///
  /// - Parameter translations: one for each of ``lines``; an empty one leaves its segment as it is, and so does one
  ///   that lacks markup.
  /// - Returns: its bytes, and the number of segments that were left.
  /// - Throws: `FileError` if the result is too large for an archive.
  public func filled(_ translations: [String]) throws(FileError) -> (contents: [UInt8], left: Int) {
    precondition(
      translations.count == lines.count, "\(translations.count) translations of \(lines.count) segments")
    var (rest, contents, left): (ArraySlice<String>, [String: [UInt8]], Int) = (translations[...], [:], 0)
    for part in parts {
      let own = Array(rest.prefix(part.lineCount))
      rest = rest.dropFirst(part.lineCount)
      let filled = part.filled(own)
      contents[part.name] = filled.contents
      left += filled.left
    }
    return (try archive.replacing(contents), left)
  }
}

extension PackageDocument.Part {
  fileprivate init(_ name: String, _ kind: PackageParts.Kind, _ bytes: [UInt8], path: String)
    throws(FileError)
  {
    switch kind {
    case .paragraphs(let markup):
      contents = .paragraphs(try ParagraphDocument(bytes, path: path, markup: markup))
    case .html: contents = .page(TextDocument(contents: bytes, format: .html))
    }
    self.name = name
    lineCount =
      switch contents {
      case .paragraphs(let document): document.lines.count
      case .page(let document): document.lines.count
      }
  }

  fileprivate var lines: [TextDocument.Line] {
    switch contents {
    case .paragraphs(let document): document.lines
    case .page(let document): document.lines
    }
  }

  fileprivate func filled(_ translations: [String]) -> (contents: [UInt8], left: Int) {
    switch contents {
    case .paragraphs(let document): document.filled(translations)
    case .page(let document): document.filled(translations)
    }
  }
}
