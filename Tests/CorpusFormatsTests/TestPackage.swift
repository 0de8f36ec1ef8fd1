import CorpusFormats
import Files
import Foundation
import ModelFormats

/// Packages of documents, made for tests.
enum TestPackage {
  /// An archive of parts; the first one is stored, the others are compressed.
  static func archive(_ parts: [(name: String, contents: [UInt8])]) throws -> [UInt8] {
    let file = TemporaryFile("", name: "package.zip")
    let writer = try ZipWriter(path: file.path)
    for (index, part) in parts.enumerated() {
      try writer.add(name: part.name, contents: part.contents, isCompressed: index > 0)
    }
    try writer.commit()
    return try FileBytes(path: file.path).array
  }

  static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  static let math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
  private static let types = "application/vnd.openxmlformats-officedocument.wordprocessingml"

  /// A document of Word with this body.
  static func docx(_ body: String, _ others: [(String, [UInt8])] = [], prefix: String = "w") throws -> [UInt8]
  {
    let names = [
      "document.main": "document", "header": "header1", "footnotes": "footnotes", "comments": "comments",
    ]
    let overrides = names.sorted { $0.key < $1.key }.map { kind, name in
      "<Override PartName=\"/word/\(name).xml\" ContentType=\"\(types).\(kind)+xml\"/>"
    }
    let list =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\(overrides.joined())</Types>"
    var parts: [(name: String, contents: [UInt8])] = [("[Content_Types].xml", Array(list.utf8))]
    parts.append(("word/document.xml", Array(document(body, prefix: prefix).utf8)))
    parts.append(("word/media/image1.png", (0..<300).map { UInt8($0 % 251) }))
    for other in others { parts.append((name: other.0, contents: other.1)) }
    return try archive(parts)
  }

  static func document(_ body: String, prefix: String = "w") -> String {
    "<?xml version=\"1.0\"?>\n<\(prefix):document xmlns:\(prefix)=\"\(word)\" xmlns:m=\"\(math)\"><\(prefix):body>"
      + "\(body)</\(prefix):body></\(prefix):document>"
  }

  /// The body of a document of Word.
  static func body(of docx: [UInt8]) throws -> String {
    let text = try part("word/document.xml", of: docx)
    guard let start = text.firstRange(of: "body>"), let end = text.firstRange(of: "</w:body>") else {
      return text
    }
    return String(text[start.upperBound..<end.lowerBound])
  }

  private static let openDocument = "urn:oasis:names:tc:opendocument:xmlns:"

  /// A text of OpenDocument with this body.
  static func odt(_ body: String, styles: String = "", manifest: String = "<manifest/>") throws -> [UInt8] {
    let names = ["office", "text", "style"].map { "xmlns:\($0)=\"\(openDocument)\($0):1.0\"" }.joined(
      separator: " ")
    let content =
      "<office:document-content \(names) xmlns:officeooo=\"http://openoffice.org/2009/office\">"
      + "<office:automatic-styles>\(styles)</office:automatic-styles><office:body>\(body)</office:body>"
      + "</office:document-content>"
    return try archive([
      ("mimetype", Array("application/vnd.oasis.opendocument.text".utf8)),
      ("content.xml", Array(content.utf8)),
      ("META-INF/manifest.xml", Array(manifest.utf8)),
    ])
  }

  /// The body of a text of OpenDocument.
  static func body(ofText odt: [UInt8]) throws -> String {
    let text = try part("content.xml", of: odt)
    guard let start = text.firstRange(of: "<office:body>"), let end = text.firstRange(of: "</office:body>")
    else {
      return text
    }
    return String(text[start.upperBound..<end.lowerBound])
  }

  static func part(_ name: String, of package: [UInt8]) throws -> String {
    String(decoding: try ZipArchive(FileBytes(package, path: "p"))[name]?.contents() ?? [], as: UTF8.self)
  }

  /// The package with another part.
  static func replacing(_ name: String, by contents: [UInt8], in package: [UInt8]) throws -> [UInt8] {
    try ZipArchive(FileBytes(package, path: "p")).replacing([name: contents])
  }

  static func entries(of package: [UInt8]) throws -> [ZipArchive.Entry] {
    try ZipArchive(FileBytes(package, path: "p")).entries
  }

  /// The lines of a document, with `[0]` for its marks.
  static func lines(_ package: [UInt8]) throws -> [String] {
    try PackageDocument(contents: package, path: "p").lines.map { line in
      line.text.unicodeScalars.map {
        0xE000...0xF8FF ~= $0.value ? "[\($0.value - 0xE000)]" : String(Character($0))
      }.joined()
    }
  }

  /// The document with other lines.
  static func filled(_ package: [UInt8], _ translate: (String) -> String) throws -> [UInt8] {
    let document = try PackageDocument(contents: package, path: "p")
    return try document.filled(document.lines.map { translate($0.text) }).contents
  }
}

/// A mark of a line.
func mark(_ index: UInt32) -> String { String(Character(Unicode.Scalar(0xE000 + index) ?? "?")) }
