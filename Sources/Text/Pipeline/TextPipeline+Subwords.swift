extension TextPipeline {
  /// The line that has these subwords: the reverse of ``subwords(of:side:)``.
  ///
  /// - Parameters:
  ///   - subwords: a line's tag and subwords in readable form, separated by spaces; text that is not in the vocabulary is
  ///     kept.
  ///   - side: the side to whose vocabulary they belong.
  /// - Returns: the line as the model sees it, that is, normalized.
  public func line(ofSubwords subwords: [UInt8], side: Side) -> [UInt8] {
    let vocabulary = vocabulary(side)
    let (tag, text) = side == .source ? vocabulary.cutTag(off: subwords) : (tag: nil, text: subwords[...])
    let line = segmentation(side).text(ofSubwords: Array(text))
    guard let tag else { return line }
    return Array(vocabulary[tag]) + (line.isEmpty ? [] : [UInt8(ascii: " ")] + line)
  }
}
