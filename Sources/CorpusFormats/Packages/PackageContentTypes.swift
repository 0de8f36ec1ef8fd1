import Files

/// The types of the parts of an Office Open XML package.
///
/// Source: ECMA-376, part 2, "Open Packaging Conventions".
struct PackageContentTypes {
  private var types: [String: String] = [:]

  /// - Parameters:
  ///   - bytes: the part `[Content_Types].xml`.
  ///   - path: the package's name for messages.
  /// - Throws: ``FileError`` if it is not well-formed.
  init(_ bytes: [UInt8], path: String) throws(FileError) {
    let reader = XMLReader(path: "\(path): [Content_Types].xml", pieces: pieces(of: bytes))
    while let event = try reader.next() {
      guard event.kind == .start, event.name.split(separator: ":").last == "Override",
        let name = event.attribute("PartName"), let type = event.attribute("ContentType")
      else { continue }
      // Names of parts are compared without regard to case.
      types[name.lowercased()] = type.lowercased()
    }
  }

  /// What the package is; nil if it is none of the formats with text.
  var format: PackageFormat? {
    for type in types.values where type.hasSuffix(".main+xml") {
      if type.contains("wordprocessingml") || type.contains("ms-word") { return .docx }
      if type.contains("presentationml") || type.contains("ms-powerpoint") { return .pptx }
    }
    return nil
  }

  /// Whether it is a workbook.
  var isSpreadsheet: Bool {
    types.values.contains { $0.contains("spreadsheetml") || $0.contains("ms-excel") }
  }

  /// Whether a part has text for readers.
  func hasText(_ name: String) -> Bool {
    guard let type = types["/" + name.lowercased()] else { return false }
    let isMain =
      type.hasSuffix(".main+xml") && (type.contains("wordprocessingml") || type.contains("ms-word"))
    return isMain
      || [
        "wordprocessingml.header+xml", "wordprocessingml.footer+xml", "wordprocessingml.footnotes+xml",
        "wordprocessingml.endnotes+xml", "presentationml.slide+xml", "presentationml.notesslide+xml",
        "drawingml.chart+xml", "drawingml.diagramdata+xml", "drawingml.diagramdrawing+xml",
      ].contains { type.hasSuffix($0) }
  }
}
