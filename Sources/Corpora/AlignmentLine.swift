import Tokens

/// A line of an alignment file, `0-0 1-2 …`: pairs of aligned source and target words, counted from 0.
///
/// This is the "Pharaoh" format, which fast_align and eflomal write.
struct AlignmentLine {
  let links: [AlignmentLink]

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - line: the line without its line end.
  ///   - sourceWords: number of words of the source sentence.
  ///   - targetWords: number of words of the target sentence.
  /// - Throws: ``AlignmentProblem``.
  init(_ line: ArraySlice<UInt8>, sourceWords: Int, targetWords: Int) throws(AlignmentProblem) {
    var links: [AlignmentLink] = []
    for word in line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
      let numbers = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(number)
      let text = { String(decoding: word.prefix(40), as: UTF8.self) }
      guard numbers.count == 2, let source = numbers[0], let target = numbers[1] else {
        throw .malformed(text())
      }
      guard source < sourceWords else { throw .noSuchWord(text(), side: "source", words: sourceWords) }
      guard target < targetWords else { throw .noSuchWord(text(), side: "target", words: targetWords) }
      links.append(AlignmentLink(source: UInt16(source), target: UInt16(target)))
    }
    guard links.count <= maximumLineBytes else { throw .malformed("\(links.count) links") }
    self.links = links
  }
}

/// A number that consists only of decimal digits.
private func number(_ digits: ArraySlice<UInt8>) -> Int? {
  guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
    return nil
  }
  // A number that overflows is larger than any sentence.
  return Int(String(decoding: digits, as: UTF8.self)) ?? .max
}

/// An error in a line of an alignment file.
public enum AlignmentProblem: Error, Equatable, CustomStringConvertible {
  /// A word that is not a link.
  case malformed(String)
  /// A link to a word that the sentence does not have.
  case noSuchWord(String, side: String, words: Int)

  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .malformed(let found):
      "found '\(found)', expected two numbers such as 0-1: a word of the source and one of the target, from 0"
    case .noSuchWord(let found, let side, let words):
      "'\(found)' links to a word that is not there: the \(side) sentence has \(words), counted from 0; align the "
        + "text in the words of this vocabulary's tokenizer"
    }
  }
}
