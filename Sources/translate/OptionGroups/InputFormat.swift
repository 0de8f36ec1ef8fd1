import CommandLineArguments
import CorpusFormats
import Formatting
import Translation

/// How the input is written: lines, or a document.
enum InputFormat: String, CaseIterable, ArgumentValue {
  case text, tabbed, json, html, xml, markdown, srt, docx, pptx, odt, odp, epub

  /// The format of lines; nil for documents.
  var lines: LineFormat? { LineFormat(rawValue: rawValue) }
  /// The format of a document; nil for lines and packages.
  var document: DocumentFormat? { DocumentFormat(rawValue: rawValue) }
  /// The format of a document that is a package; nil for others.
  var package: PackageFormat? { PackageFormat(rawValue: rawValue) }
}
