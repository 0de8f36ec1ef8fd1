/// A format of documents whose parts are files in a zip archive.
public enum PackageFormat: String, Sendable, CaseIterable {
  /// Documents of Word.
  case docx
  /// Slides of PowerPoint.
  case pptx
  /// OpenDocument's texts.
  case odt
  /// OpenDocument's slides.
  case odp
  /// Electronic books.
  case epub

  /// The type for HTTP and e-mail.
  public var mediaType: String {
    switch self {
    case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    case .odt: "application/vnd.oasis.opendocument.text"
    case .odp: "application/vnd.oasis.opendocument.presentation"
    case .epub: "application/epub+zip"
    }
  }

  /// The format that the ending of a file's name stands for; nil for other files.
  public init?(ofName name: String) {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }
}
