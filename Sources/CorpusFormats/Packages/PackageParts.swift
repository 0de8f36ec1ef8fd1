import Files
import ModelFormats

/// What a package is, by its contents, and which of its parts have text.
struct PackageParts {
  /// How the text of a part is written.
  enum Kind: Sendable {
    case paragraphs(ParagraphMarkup)
    case html
  }

  let format: PackageFormat
  /// The parts by name, in the order of the archive.
  let parts: [(name: String, kind: Kind)]

  /// - Throws: ``FileError`` for archives that are no document, or one that cannot be translated.
  init(_ archive: PackageArchive) throws(FileError) {
    if let types = try archive.contents("[Content_Types].xml") {
      (format, parts) = try Self.officeParts(archive, PackageContentTypes(types, path: archive.path))
    } else if let type = try archive.contents("mimetype") {
      let type = String(decoding: type, as: UTF8.self).split(whereSeparator: \.isWhitespace).first ?? ""
      (format, parts) = try Self.parts(archive, type: String(type))
    } else {
      throw archive.error(found: "neither '[Content_Types].xml' nor 'mimetype' in it")
    }
  }

  private typealias Result = (PackageFormat, [(name: String, kind: Kind)])

  private static func officeParts(_ archive: PackageArchive, _ types: PackageContentTypes) throws(FileError)
    -> Result
  {
    guard let format = types.format else {
      throw archive.error(
        found: types.isSpreadsheet ? "a spreadsheet, whose formulas refer to its texts" : "no known document")
    }
    return (
      format,
      archive.names.filter { types.hasText($0) }.map { ($0, .paragraphs(ParagraphMarkup.office)) }
    )
  }

  private static func parts(_ archive: PackageArchive, type: String) throws(FileError) -> Result {
    if type == PackageFormat.epub.mediaType {
      let pages = archive.names.compactMap { name -> (name: String, kind: Kind)? in
        switch name.split(separator: ".").last?.lowercased() {
        case "xhtml", "html", "htm": (name, .html)
        case "ncx": (name, .paragraphs(ParagraphMarkup.bookContents))
        default: nil
        }
      }
      try archive.requirePlain("META-INF/encryption.xml", pages.map(\.name))
      return (.epub, pages)
    }
    let name = "application/vnd.oasis.opendocument."
    let format: PackageFormat? =
      switch type {
      case name + "text", name + "text-template", name + "text-master": .odt
      case name + "presentation", name + "presentation-template": .odp
      default: nil
      }
    guard let format else {
      let isSpreadsheet = type.hasPrefix(name + "spreadsheet")
      throw archive.error(
        found: isSpreadsheet
          ? "a spreadsheet, whose formulas refer to its texts" : "the type '\(type.prefix(80))'")
    }
    try archive.requirePlain("META-INF/manifest.xml", ["encryption-data"])
    // Headers and footers of texts are among the styles, and examples of text for slides.
    let names = format == .odt ? ["content.xml", "styles.xml"] : ["content.xml"]
    return (
      format,
      archive.names.filter { names.contains($0) }
        .map { ($0, .paragraphs(ParagraphMarkup.openDocument)) }
    )
  }
}
