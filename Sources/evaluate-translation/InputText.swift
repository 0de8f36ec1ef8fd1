import Evaluation
import Files
import Machine

/// The lines of a file.
struct InputText: Sendable {
  /// The file's name for messages.
  let name: String
  /// The lines, valid UTF-8.
  private var lines: [[UInt8]] = []
  /// How many lines were not valid UTF-8.
  private(set) var repairedCount = 0
  /// The number of lines.
  var count: Int { lines.count }

  /// Reads a file, plain or gzip, or standard input.
  init(path: String) throws(FileError) {
    name = path == "-" ? "standard input" : path
    let reader = try LineReader(path: path)
    while var line = try reader.next() {
      if repairUTF8(&line) { repairedCount += 1 }
      lines.append(line)
    }
  }

  /// Reads several files at the same time.
  static func read(_ paths: [String], threads: Int) throws(FileError) -> [InputText] {
    let results = concurrentMap(paths, threads: threads) { path in
      Result { () throws(FileError) in try InputText(path: path) }
    }
    var texts: [InputText] = []
    for result in results { texts.append(try result.get()) }
    return texts
  }

  /// The lines without white space at their ends, as sacreBLEU reads them.
  var trimmedLines: [[UInt8]] { lines.map(trimmingEnd) }

  /// The texts of a file whose lines have several, separated by tabs, without white space at the ends of lines.
  ///
  /// - Parameter count: how many texts a line has; the last one may contain tabs.
  /// - Returns: for each text, its lines.
  /// - Throws: ``EvaluationInputError/fields(path:line:found:expected:)`` if a line has fewer.
  func columns(_ count: Int) throws(EvaluationInputError) -> [[[UInt8]]] {
    guard count > 1 else { return [trimmedLines] }
    var columns = [[[UInt8]]](repeating: [], count: count)
    for (index, line) in lines.enumerated() {
      let fields = line.split(
        separator: UInt8(ascii: "\t"), maxSplits: count - 1, omittingEmptySubsequences: false)
      guard fields.count == count else {
        throw .fields(path: name, line: index + 1, found: fields.count, expected: count)
      }
      for column in 0..<count - 1 { columns[column].append(Array(fields[column])) }
      columns[count - 1].append(trimmingEnd(Array(fields[count - 1])))
    }
    return columns
  }
}
