import CReportPage

/// The style and the script that every page contains.
enum PageFiles {
  /// The colors, then the rules.
  static let style = Palette.style + text(of: REPORT_PAGE_STYLE)
  /// Sorting tables, choosing panels, filtering sentences, drawing attention.
  static let script = text(of: REPORT_PAGE_SCRIPT)

  private static func text(of file: report_page_file) -> String {
    var size: Int64 = 0
    guard let start = unsafe report_page_bytes(file, &size) else { return "" }
    let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(size))
    return unsafe String(decoding: bytes, as: UTF8.self)
  }
}
