import Corpora
import Text

/// Groups ids into words, which word alignments refer to.
extension TextPipeline {
  /// A sentence's ids with the lengths of its words.
  func encodedWords(_ sentence: EncodedSentence, side: Side) -> EncodedWords {
    let hasTag = side == .source && sentence.ids.first.map(vocabulary(side).isTag) ?? false
    return EncodedWords(
      ids: sentence.ids, wordLengths: wordLengths(sentence, side: side), hasTag: hasTag)
  }

  /// The alignment of a pair in which words may have been masked, each by a single `<unk>`.
  ///
  /// - Parameters:
  ///   - pair: the original pair.
  ///   - source: the source sentence after masking.
  ///   - target: the target sentence after masking.
  /// - Returns: links between the same words; nil if the pair has none.
  func alignment(of pair: SentencePair, source: EncodedSentence, target: EncodedSentence) -> PairAlignment? {
    guard let alignment = pair.alignment else { return nil }
    // If nothing was masked, the pair may contain unknown text, whose words these ids do not reveal.
    if source.unknowns.isEmpty { return alignment }
    return PairAlignment(
      links: alignment.links, sourceWords: wordLengths(source, side: .source)[...],
      targetWords: wordLengths(target, side: .target)[...])
  }
}
