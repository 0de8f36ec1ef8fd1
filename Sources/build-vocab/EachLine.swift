import Files
import Reporting

/// Transforms each line of standard input, writes it, and flushes whenever no further line is available yet.
func forEachLine(_ change: ([UInt8]) -> [UInt8]) throws {
  let input = try LineReader(path: "-")
  let output = StandardOutput()
  while true {
    switch try input.nextWithoutWaiting() {
    case .line(let line):
      try output.writeLine(change(line))
    case .nothingYet:
      try output.flush()
      guard let line = try input.next() else { return }
      try output.writeLine(change(line))
    case .end:
      return try output.flush()
    }
  }
}
