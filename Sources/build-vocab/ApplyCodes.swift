import Files
import Reporting
import Text

/// Segments standard input by a codes file, line by line.
func applyCodes(path: String) throws {
  var encoder = BytePairEncoder(try BytePairEncoding(path: path))
  let input = try LineReader(path: "-")
  let output = StandardOutput()
  while let line = try input.next() { try output.writeLine(encoder.encode(line)) }
  try output.flush()
}
