/// What one pass over a line finds: counts, hashes and flags.
struct LineProfile: Sendable {
  var flags: LineFlags = []
  /// Bytes of the line.
  var bytes = 0
  var scalars = 0
  var letters = 0
  var uppercase = 0
  var lowercase = 0
  var digits = 0
  var spaces = 0
  var punctuation = 0
  var symbols = 0
  /// Letters by ``Script``.
  var scripts = [Int32](repeating: 0, count: 16)
  /// Hashes of words without case; a character of a script without spaces is a word.
  var words: [UInt32] = []
  /// Hashes of the first letters of words, which forms of a word share.
  var stems: [UInt32] = []
  /// Numbers in digits.
  var numbers = 0
  /// A sum of their hashes, which does not depend on their order or their separators.
  var numberSum: UInt64 = 0
  /// Parentheses, square brackets and braces, each opening and closing.
  var brackets = SIMD8<Int16>(repeating: 0)
  var quotes = 0
  var emoji = 0
  /// A hash of the bytes, without white space at both ends.
  var exactHash: UInt64 = 0
  /// A hash of the words and numbers in their order, without case and punctuation.
  var foldedHash: UInt64 = 0
  /// Letters of the longest word.
  var longestWord = 0
  /// The longest run of one letter or sign.
  var longestRun = 0
  /// The most words in a loop: a phrase of one to four words, at least three times.
  var loop = 0
  var beginning = LineBeginning.other
  var end = LineEnd.empty

  /// The script of most letters.
  var mainScript: Script {
    var best = 0
    for index in 1..<scripts.count where scripts[index] > scripts[best] || best == 0 { best = index }
    return scripts[best] == 0 ? .none : Script(rawValue: UInt8(best)) ?? .none
  }

  /// Characters other than spaces.
  var visible: Int { scalars - spaces }

  mutating func reset() {
    flags = []
    (bytes, scalars, letters, uppercase, lowercase, digits) = (0, 0, 0, 0, 0, 0)
    (spaces, punctuation, symbols, numbers, quotes, emoji) = (0, 0, 0, 0, 0, 0)
    for index in scripts.indices { scripts[index] = 0 }
    words.removeAll(keepingCapacity: true)
    stems.removeAll(keepingCapacity: true)
    (numberSum, exactHash, foldedHash) = (0, 0, 0)
    brackets = SIMD8(repeating: 0)
    (longestWord, longestRun, loop) = (0, 0, 0)
    (beginning, end) = (.other, .empty)
  }
}

/// How a line ends, not counting closing quotes and brackets.
enum LineEnd: UInt8, Sendable {
  case empty, word, period, question, exclamation, ellipsis, colon, comma, dash, open, other

  /// Whether a sentence is over here.
  var isFinal: Bool { self == .period || self == .question || self == .exclamation }
}

/// How a line begins.
enum LineBeginning: UInt8, Sendable {
  case other, bullet, number
}
