import Tokens

/// Finds words in sequences of tokens: a token that ends in `@@` is continued by the next one.
struct SubwordMarks: Sendable {
  let vocabulary: Vocabulary
  private let continuing: [Bool]

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    continuing = (0..<TokenID(vocabulary.count)).map {
      vocabulary.isText($0) && hasContinuation(vocabulary[$0])
    }
  }

  /// How a token is written: one with `@@` continues, and any may begin a word; nil for special tokens and tags.
  func spelling(of id: TokenID) -> TokenSpelling? {
    guard vocabulary.isText(id) else { return nil }
    return TokenSpelling(
      text: Array(text(of: id)), canBegin: true, canFollow: true, canContinue: continuing[Int(id)])
  }

  /// A token's text without its continuation mark.
  func text(of id: TokenID) -> ArraySlice<UInt8> {
    let bytes = vocabulary[id]
    return continuing[Int(id)] ? bytes.dropLast(BytePairEncoding.continuation.count) : bytes
  }

  /// The words of a sentence, separated by single spaces.
  ///
  /// - Parameters:
  ///   - sentence: token ids and unknown texts.
  ///   - copied: turns a whole word that was copied from another text into a word of this one.
  /// - Returns: words as UTF-8.
  func words(of sentence: EncodedSentence, copied: ([UInt8]) -> [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var continuesWord = true
    forEachToken(of: sentence) { id, unknown in
      if !continuesWord { output.append(UInt8(ascii: " ")) }
      let startsWord = !continuesWord || output.isEmpty
      continuesWord = unknown?.continuesWord ?? continuing[Int(id)]
      if let unknown {
        output += startsWord && !continuesWord ? copied(unknown.bytes) : unknown.bytes
      } else {
        output += text(of: id)
      }
    }
    return output
  }

  /// The number of ids of each word; a word with more of them than a count can hold counts as several.
  func wordLengths(_ sentence: EncodedSentence) -> [UInt16] {
    var lengths: [UInt16] = []
    var continuesWord = false
    forEachToken(of: sentence) { id, unknown in
      if continuesWord, let last = lengths.last, last < .max {
        lengths[lengths.count - 1] += 1
      } else {
        lengths.append(1)
      }
      continuesWord = unknown?.continuesWord ?? continuing[Int(id)]
    }
    return lengths
  }

  /// Visits all tokens in order, each `<unk>` with its text as long as there are texts left.
  private func forEachToken(of sentence: EncodedSentence, _ visit: (TokenID, UnknownText?) -> Void) {
    var unknowns = sentence.unknowns[...]
    for id in sentence.ids {
      visit(id, id == vocabulary.specialTokens.unknown ? unknowns.popFirst() : nil)
    }
  }
}

/// Whether bytes end in `@@`.
func hasContinuation(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.suffix(BytePairEncoding.continuation.count) == BytePairEncoding.continuation[...]
}
