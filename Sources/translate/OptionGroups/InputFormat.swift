import CommandLineArguments
import CorpusFormats
import Formatting
import Translation

/// How the input is written: lines, or a document.
enum InputFormat: String, CaseIterable, ArgumentValue {
  case text, tabbed, json, html, xml, markdown, srt

  /// The format of lines; nil for documents.
  var lines: LineFormat? { LineFormat(rawValue: rawValue) }
  /// The format of a document; nil for lines.
  var document: DocumentFormat? { DocumentFormat(rawValue: rawValue) }
}
