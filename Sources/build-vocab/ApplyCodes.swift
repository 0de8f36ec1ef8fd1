import Text

/// Segments standard input with a codes file, line by line.
func applyCodes(path: String) throws {
  var encoder = BytePairEncoder(try BytePairEncoding(path: path))
  try forEachLine { encoder.encode($0) }
}
