import RandomNumbers
import Text

/// Byte pair encoding by the paper's algorithm 1: everything is counted again for each merge.
struct NaiveBytePairEncoding {
  struct Pair: Hashable {
    let left: Subword, right: Subword
  }

  private(set) var merges: [Pair] = []

  init(lines: [String], merges limit: Int) {
    var words: [[Subword]: Int] = [:]
    for word in lines.joined(separator: " ").split(separator: " ") {
      words[Self.symbols(of: String(word)), default: 0] += 1
    }
    while merges.count < limit {
      var counts: [Pair: Int] = [:]
      for (word, count) in words {
        for (left, right) in zip(word, word.dropFirst()) {
          counts[Pair(left: left, right: right), default: 0] += count
        }
      }
      let best = counts.max { a, b in
        (a.value, a.key.left, a.key.right) < (b.value, b.key.left, b.key.right)
      }
      guard let best, best.value >= 2 else { return }
      merges.append(best.key)
      words = Dictionary(
        words.map { (Self.merge(best.key, in: $0.key), $0.value) }, uniquingKeysWith: +)
    }
  }

  /// The word's subwords, with `@@` after all but the last.
  func segment(_ word: String) -> [String] {
    var symbols = Self.symbols(of: word)
    while true {
      let pairs = Set(zip(symbols, symbols.dropFirst()).map { Pair(left: $0, right: $1) })
      guard let first = merges.first(where: pairs.contains) else { break }
      symbols = Self.merge(first, in: symbols)
    }
    let last = symbols.count - 1
    return symbols.enumerated().map { index, symbol in
      let bytes = index == last ? Array(symbol.bytes.dropLast(4)) : symbol.bytes + Array("@@".utf8)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private static func symbols(of word: String) -> [Subword] {
    let characters = word.unicodeScalars.map { String($0) }
    return characters.dropLast().map { Subword($0) } + characters.suffix(1).map { Subword($0 + "</w>") }
  }

  private static func merge(_ pair: Pair, in word: [Subword]) -> [Subword] {
    var merged: [Subword] = []
    var index = 0
    while index < word.count {
      if index + 1 < word.count, word[index] == pair.left, word[index + 1] == pair.right {
        merged.append(Subword(bytes: pair.left.bytes + pair.right.bytes))
        index += 2
      } else {
        merged.append(word[index])
        index += 1
      }
    }
    return merged
  }
}

/// A small text of few characters, so that pairs overlap and tie often.
func randomLines(using generator: inout SplitMix64) -> [String] {
  let alphabets = ["ab", "abc", "aé😀", "xyz@", "a<>/w", "東京都"]
  let alphabet = Array((alphabets.randomElement(using: &generator) ?? "ab").unicodeScalars)
  let longest = [3, 6, 12].randomElement(using: &generator) ?? 3
  let words = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
    (0..<Int.random(in: 1...longest, using: &generator))
      .map { _ in String(alphabet.randomElement(using: &generator) ?? "a") }.joined()
  }
  return (0..<Int.random(in: 1...20, using: &generator)).map { _ in
    (0..<Int.random(in: 0...8, using: &generator))
      .map { _ in words.randomElement(using: &generator) ?? "a" }.joined(separator: " ")
  }
}
