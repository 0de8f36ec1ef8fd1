public import Tokens

extension TextPipeline {
  /// The text that token ids stand for.
  ///
  /// - Parameters:
  ///   - ids: token ids; what follows an end token is left out, and so are padding, beginning tokens and tags.
  ///   - unknowns: what takes the place of each `<unk>`, in order: those of the sentence that was translated.
  ///     A surplus `<unk>` vanishes.
  ///   - side: whose vocabulary the ids are of.
  /// - Returns: plain text as UTF-8.
  /// - Precondition: ids are less than the side's vocabulary size.
  public func decode(
    _ ids: some Sequence<TokenID>, unknowns: [UnknownText] = [], side: Side = .target
  ) -> [UInt8] {
    let vocabulary = vocabulary(side)
    let special = vocabulary.specialTokens
    var sentence = EncodedSentence()
    for id in ids {
      if id == special.end { break }
      if id == special.unknown {
        guard sentence.unknowns.count < unknowns.count else { continue }
        sentence.unknowns.append(unknowns[sentence.unknowns.count])
      } else if special.contains(id) || vocabulary.isTag(id) {
        continue
      }
      sentence.ids.append(id)
    }
    return segmentation(side).text(of: sentence)
  }
}
