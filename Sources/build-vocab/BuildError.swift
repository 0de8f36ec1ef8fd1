/// Why no vocabulary can be built of files that can be read.
enum BuildError: Error {
  /// Files without a single word.
  case noWords([String])
}

extension BuildError: CustomStringConvertible {
  var description: String {
    switch self {
    case .noWords(let paths):
      "no words in \(paths.map { "'\($0)'" }.joined(separator: ", ")); name files with text, a sentence a line"
    }
  }
}
