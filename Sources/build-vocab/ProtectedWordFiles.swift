import Files
import Text

/// The words in files with one word on each line, without blank lines and white space around them.
func readProtectedWords(_ paths: [String]) throws -> [String] {
  var words: [String] = []
  for path in paths {
    let reader = try LineReader(path: path)
    while let line = try reader.next() {
      let text = String(decoding: line, as: UTF8.self).unicodeScalars
      let word = text.drop { $0.properties.isWhitespace }.reversed().drop { $0.properties.isWhitespace }
        .reversed()
      if !word.isEmpty { words.append(String(String.UnicodeScalarView(word))) }
    }
  }
  return words
}
