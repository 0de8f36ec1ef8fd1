import Corpora
import Text

/// Which ids are a word's, as alignments of words need it.
extension TextPipeline {
  /// A sentence with its words.
  func encodedWords(_ sentence: EncodedSentence, side: Side) -> EncodedWords {
    let hasTag = side == .source && sentence.ids.first.map(vocabulary(side).isTag) ?? false
    return EncodedWords(
      ids: sentence.ids, wordLengths: wordLengths(sentence, side: side), hasTag: hasTag)
  }

  /// The alignment of a pair in which words may have been hidden, each of which is one `<unk>` now.
  ///
  /// - Parameters:
  ///   - pair: as it was.
  ///   - source: the source sentence as it is now.
  ///   - target: the target sentence as it is now.
  /// - Returns: the links of the same words; nil where there were none.
  func alignment(of pair: SentencePair, source: EncodedSentence, target: EncodedSentence) -> PairAlignment? {
    guard let alignment = pair.alignment else { return nil }
    // Where nothing was hidden the pair may hold unknown text, whose words these ids do not tell.
    if source.unknowns.isEmpty { return alignment }
    return PairAlignment(
      links: alignment.links, sourceWords: wordLengths(source, side: .source)[...],
      targetWords: wordLengths(target, side: .target)[...])
  }
}
