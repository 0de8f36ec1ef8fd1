import Files
import Machine
import Reporting

/// Changes each line of standard input on several threads and writes the results in order.
///
/// Lines are collected until there are enough for all threads, or until none is ready: a line that is typed is answered
/// at once.
func changeLines(threads: Int, _ change: @escaping LineChange) throws {
  let input = try LineReader(path: "-")
  let output = StandardOutput()
  while true {
    let (lines, isWaiting) = try nextLines(of: input, bytes: threads * bytesPerThread)
    guard !lines.isEmpty else { return try output.flush() }
    // More pieces than threads, since some take longer than others.
    let pieces = min(lines.count, threads == 1 ? 1 : 4 * threads)
    let results = concurrentMap(pieces, threads: threads) { piece in
      lines[piece * lines.count / pieces..<(piece + 1) * lines.count / pieces].map(change)
    }
    for line in results.joined() { try output.writeLine(line) }
    if isWaiting { try output.flush() }
  }
}

/// Large enough that handing lines to threads takes no time to speak of.
private let bytesPerThread = 1 << 18

/// The next lines, at least one unless there is none, and whether another one would have to be waited for.
private func nextLines(of input: LineReader, bytes limit: Int) throws -> (lines: [[UInt8]], isWaiting: Bool) {
  var lines: [[UInt8]] = []
  var bytes = 0
  while bytes < limit {
    switch try input.nextWithoutWaiting() {
    case .line(let line):
      lines.append(line)
      bytes += line.count + 1
    case .nothingYet:
      guard lines.isEmpty else { return (lines, true) }
      guard let line = try input.next() else { return ([], false) }
      lines.append(line)
      bytes += line.count + 1
    case .end:
      return (lines, false)
    }
  }
  return (lines, false)
}
