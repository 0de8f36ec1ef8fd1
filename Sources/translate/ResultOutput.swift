import Files
import Reporting
import Synchronization
import Translation
import TranslationShards

/// The output for translations: standard output, a file that gets its name once it is complete, or a shard.
///
/// A file grows under the name `….partial`, where translations survive whatever ends the work early.
final class ResultOutput: Sendable {
  /// The file with the number of source lines that are translated in it.
  private struct Growing {
    enum File {
      case partial(PartialFile)
      case shard(ShardOutput)
    }

    let file: File
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
    growing = Mutex(path == "-" ? nil : Growing(file: .partial(try PartialFile(path: path))))
  }

  init(_ shard: sending ShardOutput, format: ResultFormat) {
    (self.format, isFile) = (format, true)
    growing = Mutex(Growing(file: .shard(shard)))
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
      let lines = results.flatMap(format.lines)
      switch growing?.file {
      case .partial(let file):
        for line in lines { try file.write(Array((line + "\n").utf8)) }
        try file.flush()
      case .shard(let shard): try shard.write(lines, of: results.count)
      case nil: return
      }
      growing?.lines += results.count
    }
  }

  /// Puts the file in place.
  ///
  /// - Returns: of a shard, one line on how many are translated.
  @discardableResult func finish() throws -> String {
    let words: String? = try growing.withLock { growing in
      switch growing?.file {
      case .partial(let file): try file.commit()
      case .shard(let shard):
        let words = try shard.commit()
        growing = nil
        return words
      case nil: break
      }
      return nil
    }
    try standard.flush()
    return words ?? ""
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
    guard let growing, growing.lines > 0 else { return }
    switch growing.file {
    case .partial(let file):
      guard let path = file.partialPath else { return }
      let subject =
        growing.lines == 1
        ? "the translation of the first line is" : "the translations of the first \(growing.lines) lines are"
      say("\(subject) kept in '\(path)'")
    case .shard(let shard):
      do {
        try shard.save()
        say(
          "\(shard.translatedCount) of \(shard.lineCount) lines are kept in '\(shard.partialPath)'; continue with --resume"
        )
      } catch { say("\(error)") }
    }
  }

  private func say(_ message: String) { Console.standardError.message("translate: " + message) }
}
