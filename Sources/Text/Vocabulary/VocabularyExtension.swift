public import Tokens

/// Tokens that a vocabulary gets in addition to those that it has.
///
/// Their ids follow the present ones, which stay. Text is a character, a symbol or a word; a side that has it already gets
/// nothing.
public struct VocabularyExtension: Sendable, Equatable {
  /// Tags with which source lines can begin.
  public var tags: [String]
  /// The marks that there are to be, with those that there are already.
  public var marks: MarkTokens
  /// Text for the source side.
  public var source: [String]
  /// Text for the target side; if both sides share a vocabulary, it has the text of both.
  public var target: [String]

  /// Tags, marks and text.
  public init(
    tags: [String] = [], marks: MarkTokens = MarkTokens(), source: [String] = [], target: [String] = []
  ) {
    (self.tags, self.marks, self.source, self.target) = (tags, marks, source, target)
  }

  /// The text for a side, each only once.
  ///
  /// - Parameters:
  ///   - side: the side.
  ///   - isShared: whether the sides share what the text is added to.
  /// - Returns: the text as UTF-8, in order.
  func text(_ side: TextPipeline.Side, isShared: Bool) -> [[UInt8]] {
    let all = isShared ? source + target : side == .source ? source : target
    var seen: Set<[UInt8]> = []
    return all.map { Array($0.utf8) }.filter { seen.insert($0).inserted }
  }

  /// Whether there is nothing to add.
  public var isEmpty: Bool { tags.isEmpty && marks.isEmpty && source.isEmpty && target.isEmpty }
}

extension TextPipeline {
  /// The pipeline with more tokens.
  ///
  /// - Parameter addition: the tokens; what is there already is ignored.
  /// - Returns: the pipeline with a larger vocabulary, which splits text as before unless the text has one of the tokens.
  /// - Throws: ``VocabularyError`` if a token is impossible, or the segmentation cannot be extended.
  public func extended(by addition: VocabularyExtension) throws(VocabularyError) -> TextPipeline {
    var addition = addition
    addition.tags.removeAll(where: tags.contains)
    if let problem = TagForm.problem(of: tags + addition.tags) { throw .badToken(problem) }
    for token in addition.source + addition.target {
      guard !token.isEmpty,
        !token.unicodeScalars.contains(where: { $0.properties.isWhitespace || $0 == "\0" })
      else { throw .badToken("'\(token)' is not a token: expected text without spaces") }
    }
    if addition.marks.union(settings.marks) == settings.marks { addition.marks = MarkTokens() }
    try checkMarks(addition)
    guard !addition.isEmpty else { return self }
    return try extended(segmentation(.source), by: addition)
  }

  /// Refuses marks whose names have another meaning already.
  private func checkMarks(_ addition: VocabularyExtension) throws(VocabularyError) {
    let marks = settings.marks.union(addition.marks)
    if let problem = marks.problem(tags: tags + addition.tags) { throw .badToken(problem) }
    let names = marks.names
    if let name = names.first(where: (addition.source + addition.target).contains) {
      throw .badToken("'\(name)' cannot be a token of text: it is a mark")
    }
    for name in names where !settings.marks.names.contains(name) {
      for side in Side.allCases where vocabulary(side).textID(Array(name.utf8).span) != nil {
        throw .badToken("the \(side.rawValue) vocabulary has a token '\(name)' already, which is text")
      }
    }
  }

  private func extended<Kind: Segmentation>(
    _ source: Kind, by addition: VocabularyExtension
  ) throws(VocabularyError) -> TextPipeline {
    guard let target = segmentation(.target) as? Kind else {
      preconditionFailure("TextPipeline: the sides have different segmentations")
    }
    var settings = settings
    settings.tags += addition.tags
    settings.marks = settings.marks.union(addition.marks)
    let (first, second) = try Kind.extended(source, target, by: addition, settings: settings)
    return TextPipeline(settings: settings, source: first, target: second)
  }

  /// How this pipeline, before it was extended, spelled the new tokens of a side.
  ///
  /// - Parameters:
  ///   - extended: this pipeline with more tokens.
  ///   - side: the side.
  /// - Returns: for each new token, in the order of ids, the tokens that stood for the same text; empty if some of its
  ///   text was unknown, and for a mark. A tag has the other tags.
  public func spellings(ofNewTokensIn extended: TextPipeline, _ side: Side) -> [[TokenID]] {
    let (old, new) = (vocabulary(side), extended.vocabulary(side))
    return (TokenID(old.count)..<TokenID(new.count)).map { id in
      if new.isSpan(id) || new.isTermMark(id) { return [] }
      guard new.isText(id) else { return old.tagIDs }
      let text = extended.segmentation(side).text(ofWord: [id])
      let ids = encode(text: text, side: side).ids
      return ids.contains(old.specialTokens.unknown) ? [] : ids
    }
  }
}
