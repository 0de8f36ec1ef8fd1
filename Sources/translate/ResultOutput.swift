import Files
import Reporting
import Translation

/// The output for translations: standard output, or a file that appears once it is complete.
struct ResultOutput {
  private let format: ResultFormat
  private let file: AtomicFile?
  private let standard = StandardOutput()

  init(path: String, format: ResultFormat) throws(FileError) {
    self.format = format
    file = path == "-" ? nil : try AtomicFile(path: path)
  }

  func write(_ result: TranslationResult) throws {
    for line in format.lines(result) {
      if let file { try file.write(line + "\n") } else { try standard.writeLine(line) }
    }
  }

  /// Makes what has been written visible to a reader.
  func flush() throws {
    if file == nil { try standard.flush() }
  }

  /// Puts the file in place.
  func finish() throws {
    if let file { try file.commit() } else { try standard.flush() }
  }
}
