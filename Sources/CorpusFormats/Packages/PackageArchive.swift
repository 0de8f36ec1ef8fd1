import Files
import ModelFormats

/// The archive of a package, of whose parts only those with text are decompressed, within limits.
struct PackageArchive {
  /// The most bytes of a part, and of all parts that are read.
  static let largestPart = 1 << 26, largestWhole = 1 << 28

  let path: String
  private let archive: ZipArchive

  /// - Throws: ``FileError`` if it is damaged, encrypted, or no archive.
  init(_ bytes: FileBytes) throws(FileError) {
    path = bytes.path
    if bytes.number(at: 0, UInt32.self) == 0xE011_CFD0 {
      throw .invalidFormat(
        path: path, place: "", found: "a document with a password, or one of an old Word or PowerPoint",
        expected: "docx, pptx, odt, odp or epub",
        hint: "open it in a word processor and save it without a password in one of these formats")
    }
    archive = try ZipArchive(bytes)
  }

  /// The names of the parts.
  var names: [String] { archive.entries.map(\.name) }

  /// The bytes of a part; nil if there is none of this name.
  ///
  /// - Throws: ``FileError`` if it is too large or damaged.
  func contents(_ name: String) throws(FileError) -> [UInt8]? {
    guard let entry = archive[name] else { return nil }
    guard entry.size <= Self.largestPart else {
      throw .invalidFormat(
        path: path, place: "entry '\(name)'", found: "\(entry.size) bytes",
        expected: "at most \(Self.largestPart >> 20) MiB", hint: "split the document")
    }
    return try entry.contents()
  }

  /// Throws an error if a part, which describes encryption, has any of some words.
  func requirePlain(_ name: String, _ words: [String]) throws(FileError) {
    guard let contents = try contents(name) else { return }
    let text = String(decoding: contents, as: UTF8.self)
    guard words.contains(where: { text.contains($0) }) else { return }
    throw .invalidFormat(
      path: path, place: "", found: "encrypted text", expected: "a document without a password", hint: "")
  }

  /// The archive with other contents of some parts.
  func replacing(_ contents: [String: [UInt8]]) throws(FileError) -> [UInt8] {
    try archive.replacing(contents)
  }

  /// The error for an archive that is no document that can be translated.
  func error(found: String) -> FileError {
    .invalidFormat(
      path: path, place: "", found: found,
      expected: "a document: \(PackageFormat.allCases.map(\.rawValue).joined(separator: ", "))", hint: "")
  }
}
