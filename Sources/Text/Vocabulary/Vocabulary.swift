public import Tokens

/// The numbered tokens of a model: special tokens, tags, and pieces of text.
///
/// The segmentation determines how a piece of text is spelled, and what the spelling says about its position in a word.
public struct Vocabulary: Sendable {
  /// The ids of the tokens that do not stand for text.
  public let specialTokens: SpecialTokens
  /// The ids of the tags, in the order of `pipeline.json`.
  public let tagIDs: [TokenID]
  /// The ids of the span tokens, by their numbers; see ``SpanTokens``.
  public let spanIDs: [TokenID]
  /// The ids of the marks of terms; nil without any.
  public let termMarks: TermMarks.IDs?
  /// Entry `i` is token `i`.
  private let tokens: ByteStringTable
  private let roles: [Role]

  private enum Role { case special, tag, span, termMark, text }

  /// A vocabulary of the given tokens.
  ///
  /// - Parameters:
  ///   - tokens: all tokens, in the order of their ids.
  ///   - specialTokens: the ids of the special tokens.
  ///   - others: the ids of other tokens that do not stand for text.
  ///   - tags: see ``tags``.
  ///   - marks: span tokens and marks of terms.
  /// - Precondition: special tokens, tags and marks are in the table, and the tags are valid; see ``TagForm``.
  init(
    _ tokens: ByteStringTable, specialTokens: SpecialTokens, others: [TokenID] = [], tags: [String],
    marks: MarkTokens = MarkTokens()
  ) {
    precondition(TagForm.problem(of: tags) == nil, "Vocabulary: \(TagForm.problem(of: tags) ?? "")")
    (self.tokens, self.specialTokens) = (tokens, specialTokens)
    func id(_ name: String) -> TokenID {
      guard let id = tokens.find(Array(name.utf8).span) else { preconditionFailure("no token '\(name)'") }
      return TokenID(id)
    }
    (tagIDs, spanIDs) = (tags.map(id), SpanTokens.names(marks.spans).map(id))
    let ofTerms = marks.terms ? TermMarks.names.map(id) : []
    termMarks = marks.terms ? .init(opening: ofTerms[0], meaning: ofTerms[1], closing: ofTerms[2]) : nil
    var roles = [Role](repeating: .text, count: tokens.count)
    for id in specialTokens.ids + others { roles[Int(id)] = .special }
    for id in tagIDs { roles[Int(id)] = .tag }
    for id in spanIDs { roles[Int(id)] = .span }
    for id in ofTerms { roles[Int(id)] = .termMark }
    self.roles = roles
  }

  /// A vocabulary of tokens that were read from a file.
  ///
  /// - Parameters:
  ///   - tokens: all tokens as UTF-8, in the order of their ids, including special tokens and tags.
  ///   - specialTokens: the ids of the special tokens.
  ///   - tags: see ``tags``.
  ///   - marks: span tokens and marks of terms.
  ///   - path: the file's name, for messages, in which token `i` is on line `i + 1`.
  /// - Throws: ``VocabularyError`` if a token occurs twice, a special token's id is out of range, or a tag or mark is
  ///   missing.
  /// - Precondition: the tags are valid; see ``TagForm``.
  public init(
    tokens: some Sequence<[UInt8]>, specialTokens: SpecialTokens, tags: [String] = [],
    marks: MarkTokens = MarkTokens(), path: String
  ) throws(VocabularyError) {
    var table = ByteStringTable()
    for (index, token) in tokens.enumerated() {
      let id = table.insert(token.span)
      guard id == index else {
        throw .duplicate(Subword(bytes: token), path: path, line: index + 1, firstLine: id + 1)
      }
    }
    try self.init(checking: table, specialTokens: specialTokens, tags: tags, marks: marks, path: path)
  }

  /// A vocabulary of a table of tokens that was read from a file.
  ///
  /// - Throws: ``VocabularyError`` if a special token's id is out of range, or a tag or mark is missing.
  /// - Precondition: the tags are valid; see ``TagForm``.
  init(
    checking table: ByteStringTable, specialTokens: SpecialTokens, others: [TokenID] = [], tags: [String],
    marks: MarkTokens = MarkTokens(), path: String
  ) throws(VocabularyError) {
    // A vocabulary may lack padding and beginning, but not these two.
    for id in specialTokens.ids + [specialTokens.end, specialTokens.unknown]
    where !(0..<table.count).contains(Int(id)) {
      throw .noSuchSpecialToken(id: Int(id), tokens: table.count, path: path)
    }
    for tag in tags where table.find(Array(tag.utf8).span) == nil {
      throw .missingTag(expected: tag, found: "", path: path, line: table.count + 1)
    }
    for name in marks.names where table.find(Array(name.utf8).span) == nil {
      throw .missingMark(name, path: path)
    }
    self.init(table, specialTokens: specialTokens, others: others, tags: tags, marks: marks)
  }

  /// Which marks it has.
  public var marks: MarkTokens { MarkTokens(spans: spanIDs.count, terms: termMarks != nil) }

  /// Number of tokens, including special ones.
  public var count: Int { tokens.count }

  /// The spelling of a token, as UTF-8.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  public subscript(id: TokenID) -> ArraySlice<UInt8> { tokens[Int(id)] }

  /// The id of a token by its bytes, including special tokens; nil if it is not in the vocabulary.
  public func id(of token: Subword) -> TokenID? { find(token.bytes.span) }

  /// The id of a token by its bytes, including special tokens, tags and marks.
  func find(_ bytes: Span<UInt8>) -> TokenID? { tokens.find(bytes).map { TokenID($0) } }

  /// The id of a piece of text by its bytes; never that of a special token, tag or mark, even if the text spells its
  /// name.
  public func textID(_ bytes: Span<UInt8>) -> TokenID? {
    guard let id = tokens.find(bytes), roles[id] == .text else { return nil }
    return TokenID(id)
  }

  /// Whether a token is a tag.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  public func isTag(_ id: TokenID) -> Bool { roles[Int(id)] == .tag }

  /// Whether a token stands for copied text; see ``SpanTokens``.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  public func isSpan(_ id: TokenID) -> Bool { roles[Int(id)] == .span }

  /// Whether a token is a mark of terms; see ``TermMarks``.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  public func isTermMark(_ id: TokenID) -> Bool { roles[Int(id)] == .termMark }

  /// The number of a span token, counted from 0; nil for other tokens.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  func spanIndex(of id: TokenID) -> Int? { isSpan(id) ? spanIDs.firstIndex(of: id) : nil }

  /// Whether a token is a piece of text, not a special token, a tag or a mark.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  public func isText(_ id: TokenID) -> Bool { roles[Int(id)] == .text }
}

extension Vocabulary: Equatable {
  /// Whether two vocabularies have the same tokens, special tokens, tags and marks, with the same ids.
  public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.count == right.count && left.specialTokens == right.specialTokens && left.tagIDs == right.tagIDs
      && left.spanIDs == right.spanIDs && left.termMarks == right.termMarks
      && (0..<left.count).allSatisfy { left.tokens[$0] == right.tokens[$0] }
  }
}
