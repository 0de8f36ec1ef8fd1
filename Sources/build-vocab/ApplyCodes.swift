import Files
import Reporting
import Text

/// Segments standard input by a codes file, line by line; whoever waits for an answer gets it at once.
func applyCodes(path: String) throws {
  var encoder = BytePairEncoder(try BytePairEncoding(path: path))
  let input = try LineReader(path: "-")
  let output = StandardOutput()
  while true {
    switch try input.nextWithoutWaiting() {
    case .line(let line):
      try output.writeLine(encoder.encode(line))
    case .nothingYet:
      try output.flush()
      guard let line = try input.next() else { return }
      try output.writeLine(encoder.encode(line))
    case .end:
      return try output.flush()
    }
  }
}
