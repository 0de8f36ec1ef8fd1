import Tokens

extension TextPipeline {
  /// How many ids each word of a sentence has, in order.
  ///
  /// Words are the tokens of the pipeline's tokenizer, as `build-vocab --apply` prints them, once the subwords of
  /// each are joined.
  ///
  /// - Parameters:
  ///   - sentence: with the text of what the vocabulary cannot spell, or without: then each `<unk>` ends a word.
  ///   - side: whose vocabulary the ids are of.
  /// - Returns: counts that add up to those of all ids.
  public func wordLengths(_ sentence: EncodedSentence, side: Side) -> [UInt16] {
    let vocabulary = vocabulary(side)
    var unknowns = sentence.unknowns[...]
    var lengths: [UInt16] = []
    var continuesWord = false
    for id in sentence.ids {
      if continuesWord { lengths[lengths.count - 1] += 1 } else { lengths.append(1) }
      continuesWord =
        id == SpecialToken.unknown
        ? unknowns.popFirst()?.continuesWord ?? false : vocabulary.continuesWord(id)
    }
    return lengths
  }
}
