public import Tokens

extension TextPipeline {
  /// The text that token ids stand for.
  ///
  /// - Parameters:
  ///   - ids: token ids; what follows a `</s>` is left out, so are padding, `<s>` and tags.
  ///   - unknowns: what takes the place of each `<unk>`, in order: those of the sentence that was translated.
  ///     An `<unk>` too many vanishes.
  ///   - side: whose vocabulary the ids are of.
  /// - Returns: plain text as UTF-8.
  /// - Precondition: ids are less than the side's vocabulary size.
  public func decode(
    _ ids: some Sequence<TokenID>, unknowns: [UnknownText] = [], side: Side = .target
  ) -> [UInt8] {
    Detokenizer(kind: settings.tokenizer).detokenize(decodeTokens(ids, unknowns: unknowns, side: side))
  }

  /// The tokens that token ids stand for: subwords joined to words, but not yet to plain text.
  ///
  /// - Parameters:
  ///   - ids: as ``decode(_:unknowns:side:)``.
  ///   - unknowns: as ``decode(_:unknowns:side:)``.
  ///   - side: whose vocabulary the ids are of.
  /// - Returns: words separated by single spaces.
  public func decodeTokens(
    _ ids: some Sequence<TokenID>, unknowns: [UnknownText] = [], side: Side = .target
  ) -> [UInt8] {
    let vocabulary = vocabulary(side)
    var unknowns = unknowns[...]
    var output: [UInt8] = []
    var continuesWord = true
    for id in ids {
      if id == SpecialToken.end { break }
      if id == SpecialToken.padding || id == SpecialToken.beginning || vocabulary.tagIDs.contains(id) {
        continue
      }
      let unknown = id == SpecialToken.unknown ? unknowns.popFirst() : nil
      if id == SpecialToken.unknown && unknown == nil { continue }
      if !continuesWord { output.append(UInt8(ascii: " ")) }
      output += unknown?.bytes[...] ?? vocabulary.text(of: id)
      continuesWord = unknown?.continuesWord ?? vocabulary.continuesWord(id)
    }
    return output
  }
}
