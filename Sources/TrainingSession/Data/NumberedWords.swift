import Text
import Tokens

/// The words of a side by numbers: words that differ only in case are the same.
struct NumberedWords {
  private let pipeline: TextPipeline
  private let side: TextPipeline.Side
  private var ofIDs: [ArraySlice<TokenID>: UInt32] = [:]
  private var ofText: [String: UInt32] = [:]
  private var counts: [Int] = []
  /// A spelling of each word.
  private var spellings: [ArraySlice<TokenID>] = []
  /// Whether words that are asked for are counted.
  var isCounting = true

  init(_ pipeline: TextPipeline, _ side: TextPipeline.Side) { (self.pipeline, self.side) = (pipeline, side) }

  /// The numbers of a sentence's words without its tag, and the number of words with it.
  mutating func numbers(_ ids: ArraySlice<TokenID>) -> (words: [UInt32], count: Int) {
    let lengths = pipeline.wordLengths(EncodedSentence(ids: Array(ids)), side: side)
    let hasTag = ids.first.map(pipeline.vocabulary(side).isTag) ?? false
    var (start, words) = (ids.startIndex, [UInt32]())
    for (place, length) in lengths.enumerated() {
      let word = ids[start..<start + Int(length)]
      start += Int(length)
      if hasTag, place == 0 { continue }
      words.append(number(word))
    }
    return (words, lengths.count)
  }

  private mutating func number(_ word: ArraySlice<TokenID>) -> UInt32 {
    if let number = ofIDs[word] {
      if isCounting { counts[Int(number)] += 1 }
      return number
    }
    let text = String(decoding: pipeline.segmentation(side).text(ofWord: word), as: UTF8.self).lowercased()
    let number = ofText[text] ?? UInt32(counts.count)
    (ofText[text], ofIDs[ArraySlice(Array(word))]) = (number, number)
    if Int(number) == counts.count {
      counts.append(0)
      spellings.append(ArraySlice(Array(word)))
    }
    counts[Int(number)] += 1
    return number
  }

  /// The number of a word that was counted; nil for others.
  func known(_ word: ArraySlice<TokenID>) -> UInt32? { ofIDs[word] }

  /// The ids of a word, in one of its spellings.
  func spelling(_ number: UInt32) -> ArraySlice<TokenID> { spellings[Int(number)] }

  /// The words in lower case.
  var texts: [String] {
    var texts = [String](repeating: "", count: counts.count)
    for (text, number) in ofText { texts[Int(number)] = text }
    return texts
  }

  /// Memory of the words, in bytes, which have few ids.
  var byteCount: Int { 160 * ofIDs.count + 96 * ofText.count }

  /// Whether a word is rare enough in some pairs to have a meaning of its own.
  func isRare(_ word: UInt32, of pairs: Int) -> Bool { counts[Int(word)] <= max(20, pairs / 10) }
}
