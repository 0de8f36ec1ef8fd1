import Files
import Reporting
import Synchronization
import Translation

/// The output for translations: standard output, or a file that gets its name once it is complete.
///
/// A file grows under the name `….partial`, where translations survive whatever ends the work early.
final class ResultOutput: Sendable {
  /// The file with the number of source lines that are translated in it.
  private struct Growing {
    let file: PartialFile
    var lines = 0
  }

  private let format: ResultFormat
  private let growing: Mutex<Growing?>
  private let standard = StandardOutput()
  /// Whether results go to a file.
  let isFile: Bool

  init(path: String, format: ResultFormat) throws(FileError) {
    self.format = format
    isFile = path != "-"
    growing = Mutex(path == "-" ? nil : Growing(file: try PartialFile(path: path)))
  }

  /// Writes results and makes them visible to a reader.
  func write(_ results: [TranslationResult]) throws {
    guard isFile else {
      for result in results {
        for line in format.lines(result) { try standard.writeLine(line) }
      }
      return try standard.flush()
    }
    try growing.withLock { growing in
      guard let file = growing?.file else { return }
      for line in results.flatMap(format.lines) { try file.write(Array((line + "\n").utf8)) }
      try file.flush()
      growing?.lines += results.count
    }
  }

  /// Puts the file in place.
  func finish() throws {
    try growing.withLock { try $0?.file.commit() }
    try standard.flush()
  }

  /// Ends the file where it is, says what is in it, and calls `body`; until that returns, nothing is written.
  func interrupt(_ body: () -> Void) {
    growing.withLock { growing in
      sayWhatIsKept(growing)
      body()
    }
  }

  /// Says what is in the file if the work has failed.
  func keepPart() { growing.withLock { sayWhatIsKept($0) } }

  private func sayWhatIsKept(_ growing: Growing?) {
    guard let growing, let path = growing.file.partialPath, growing.lines > 0 else { return }
    let subject =
      growing.lines == 1
      ? "the translation of the first line is" : "the translations of the first \(growing.lines) lines are"
    Console.standardError.message("translate: \(subject) kept in '\(path)'")
  }
}
