public import Tokens

/// Which tag a source sentence has.
public enum LineTag: Sendable, Equatable {
  /// The one that the line begins with, if it begins with one.
  case own
  /// This one. The line is text from its first character on, even if that spells a tag.
  case given(TokenID)

  /// The tag with a name; without a name, each line's own.
  ///
  /// - Throws: ``VocabularyError/unknownTag(found:known:)``, which lists the tags there are.
  public init(_ name: String?, in pipeline: TextPipeline) throws(VocabularyError) {
    guard let name else {
      self = .own
      return
    }
    self = .given(try pipeline.vocabulary(.source).id(ofTag: name))
  }

  /// The tag of a line, and its text.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8.
  ///   - vocabulary: of the source.
  /// - Returns: nil for the tag where the line has none.
  public func cut(_ line: [UInt8], _ vocabulary: Vocabulary) -> (tag: TokenID?, text: ArraySlice<UInt8>) {
    switch self {
    case .own: vocabulary.cutTag(off: line)
    case .given(let tag): (tag, line[...])
    }
  }
}
