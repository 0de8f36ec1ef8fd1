public import Tokens

/// Which tag a source sentence has.
public enum LineTag: Sendable, Equatable {
  /// The tag with which the line begins, if any.
  case own
  /// This tag. The line is text from its first character on, even if it begins with the characters of a tag.
  case given(TokenID)

  /// The tag with the given name, or each line's own if it is nil.
  ///
  /// - Throws: ``VocabularyError/unknownTag(found:known:)``, which lists the known tags.
  public init(_ name: String?, in pipeline: TextPipeline) throws(VocabularyError) {
    guard let name else {
      self = .own
      return
    }
    self = .given(try pipeline.vocabulary(.source).id(ofTag: name))
  }

  /// Separates a line's tag from its text.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8.
  ///   - vocabulary: the vocabulary of the source.
  /// - Returns: the tag (nil if the line has none) and the text.
  public func cut(_ line: [UInt8], _ vocabulary: Vocabulary) -> (tag: TokenID?, text: ArraySlice<UInt8>) {
    switch self {
    case .own: vocabulary.cutTag(off: line)
    case .given(let tag): (tag, line[...])
    }
  }
}
