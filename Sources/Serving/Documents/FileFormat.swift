import CorpusFormats

/// A format of files, by the ending of their names.
enum FileFormat: Sendable, Equatable {
  /// Lines of text.
  case text
  case document(DocumentFormat)
  case package(PackageFormat)
  /// Texts in two languages.
  case units

  private static let endings: KeyValuePairs<String, FileFormat> = [
    "txt": .text, "md": .document(.markdown), "html": .document(.html), "htm": .document(.html),
    "srt": .document(.srt), "vtt": .document(.srt), "docx": .package(.docx), "pptx": .package(.pptx),
    "odt": .package(.odt), "odp": .package(.odp), "epub": .package(.epub), "po": .units, "pot": .units,
    "tmx": .units, "xlf": .units, "xliff": .units, "sdlxliff": .units, "ts": .units,
    "xcstrings": .units, "strings": .units, "xml": .units,
  ]

  /// All endings, with a dot.
  static var allEndings: [String] { endings.map { "." + $0.key } }

  /// The ending of a name, in lower case and without its dot; empty if there is none.
  static func ending(of name: String) -> String {
    name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }

  /// The format of a file; nil for others.
  init?(ofName name: String) {
    let ending = Self.ending(of: name)
    guard let format = Self.endings.first(where: { $0.key == ending })?.value else { return nil }
    self = format
  }

  /// The type for HTTP.
  var mediaType: String {
    switch self {
    case .text: "text/plain; charset=utf-8"
    case .document(.html): "text/html; charset=utf-8"
    case .document(.markdown): "text/markdown; charset=utf-8"
    case .document(.xml): "application/xml"
    case .document(.srt), .units: "application/octet-stream"
    case .package(let format): format.mediaType
    }
  }
}
