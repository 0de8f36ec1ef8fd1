import Decoding
import Text
import Tokens

/// Spells the beginning of a translation as tokens.
///
/// The last word may be unfinished: then it is spelled in every way in which a longer word may begin with it.
struct PrefixSpeller: Sendable {
  private let pipeline: TextPipeline

  init(_ pipeline: TextPipeline) { self.pipeline = pipeline }

  /// The beginning of a translation; nil for a blank one.
  ///
  /// Text that the vocabulary cannot spell ends it early: only what comes before is asked for.
  func prefix(_ text: String) -> TokenPrefix? {
    let (head, beginning) = parts(text)
    if let beginning { return head.isEmpty ? beginning : TokenPrefix(head).followed(by: beginning) }
    return head.isEmpty ? nil : TokenPrefix(head)
  }

  /// The place at the end of the beginning of a translation.
  ///
  /// - Parameters:
  ///   - text: what comes before; the word at the place begins with what follows the last white space.
  ///   - count: how many words are wanted.
  /// - Returns: the place.
  func place(after text: String, count: Int) -> WordPlace {
    let (head, beginning) = parts(text)
    return WordPlace(after: head, beginning: beginning, count: count)
  }

  /// The tokens of finished words, and how the last word begins, if it is not finished.
  private func parts(_ text: String) -> (head: [TokenID], beginning: TokenPrefix?) {
    let bytes = Array(text.utf8)
    let sentence = pipeline.encode(text: bytes, side: .target)
    if let unknown = sentence.ids.firstIndex(of: pipeline.specialTokens.unknown) {
      return (Array(sentence.ids[..<unknown]), nil)
    }
    guard let last = pipeline.wordLengths(sentence, side: .target).last else { return ([], nil) }
    let isFinished = text.last?.isWhitespace ?? true
    let head = Array(sentence.ids.dropLast(Int(last)))
    // Some segmentations write the space before a word as a part of it.
    let word = Array(
      pipeline.segmentation(.target).text(ofWord: sentence.ids.suffix(Int(last)))
        .drop { $0 == UInt8(ascii: " ") })
    guard !isFinished, let beginnings = beginnings(of: word) else { return (sentence.ids, nil) }
    return (head, beginnings)
  }

  /// All ways to begin a word with some text; nil if there is none.
  private func beginnings(of word: [UInt8]) -> TokenPrefix? {
    let spellings = pipeline.spellings(.target).enumerated().compactMap { id, spelling in
      spelling.map { (id: TokenID(id), spelling: $0) }
    }
    // A node for nothing, then one for each number of bytes that tokens have spelled.
    let end = word.count + 1
    var nodes = [[TokenID: Int]](repeating: [:], count: end)
    for (id, token) in spellings where token.canBegin {
      nodes[0][id] = Self.next(0, token, word).map { $0 + 1 }
    }
    for (id, token) in spellings where token.canFollow && !token.text.isEmpty {
      for spelled in word.indices { nodes[spelled + 1][id] = Self.next(spelled, token, word).map { $0 + 1 } }
    }
    return TokenPrefix(leadingTo: end, nodes)
  }

  /// How much of a word is spelled with one more token; nil if it does not fit.
  private static func next(_ spelled: Int, _ token: TokenSpelling, _ word: [UInt8]) -> Int? {
    let rest = word[spelled...]
    if token.text.count >= rest.count { return token.text.starts(with: rest) ? word.count : nil }
    return token.canContinue && rest.starts(with: token.text) ? spelled + token.text.count : nil
  }
}
