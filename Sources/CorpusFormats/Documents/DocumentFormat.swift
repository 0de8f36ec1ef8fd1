/// A format of documents whose text can be translated in place.
public enum DocumentFormat: String, Sendable, CaseIterable {
  /// Pages of the web.
  case html
  /// XML of any kind.
  case xml
  /// Markdown, as CommonMark and GitHub define it.
  case markdown
  /// Subtitles: SubRip.
  case srt
}
