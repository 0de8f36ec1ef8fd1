public import Tokens

extension TextPipeline {
  /// The text that token ids stand for.
  ///
  /// - Parameters:
  ///   - ids: token ids; everything after an end token is skipped, and so are padding, beginning tokens, tags,
  ///     and translations of terms in a source sentence.
  ///   - unknowns: the replacement for each `<unk>`, in order: the unknown texts of the source sentence. A surplus
  ///     `<unk>`
  ///     is dropped.
  ///   - spans: the text of each span token, by its number; one without text is dropped.
  ///   - side: the side to whose vocabulary the ids belong.
  /// - Returns: plain text as UTF-8.
  /// - Precondition: all ids are less than the side's vocabulary size.
  public func decode(
    _ ids: some Sequence<TokenID>, unknowns: [UnknownText] = [], spans: [UnknownText] = [],
    side: Side = .target
  ) -> [UInt8] {
    let vocabulary = vocabulary(side)
    let special = vocabulary.specialTokens
    var sentence = EncodedSentence()
    var copied = 0
    let ids = Array(ids)
    let flags = annotationFlags(ids, side: side)
    for (index, id) in ids.enumerated() {
      if id == special.end { break }
      if id == special.unknown {
        guard copied < unknowns.count else { continue }
        sentence.unknowns.append(unknowns[copied])
        copied += 1
      } else if let span = vocabulary.spanIndex(of: id) {
        guard span < spans.count else { continue }
        sentence.ids.append(special.unknown)
        sentence.unknowns.append(spans[span])
        continue
      } else if special.contains(id) || vocabulary.isTag(id) || vocabulary.isTermMark(id)
        || flags?[index] == true
      {
        continue
      }
      sentence.ids.append(id)
    }
    return segmentation(side).text(of: sentence)
  }
}
