public import Tokens

/// Tags tell a model what to do with a sentence, such as which language to translate it into: `<2de>`.
///
/// Each tag is a token of the vocabulary. Text never becomes such a token, even if it has the same characters: a tag is
/// recognized only as the first word of a source line, or if a program passes it separately. So a tag cannot be
/// injected into the middle of a text.
///
/// Source: Johnson et al. 2017, "Google's Multilingual Neural Machine Translation System", section 3.
extension Vocabulary {
  /// The tags, in the order of `pipeline.json`.
  public var tags: [String] { tagIDs.map { String(decoding: self[$0], as: UTF8.self) } }

  /// The id of a tag.
  ///
  /// - Throws: ``VocabularyError/unknownTag(found:known:)``, which lists the known tags.
  public func id(ofTag tag: String) throws(VocabularyError) -> TokenID {
    guard let id = id(of: Subword(tag)), isTag(id) else {
      throw .unknownTag(found: tag, known: tags)
    }
    return id
  }

  /// Separates the tag at the beginning of a line from the text after it.
  ///
  /// A tag starts in the line's first column and is followed by ASCII white space or the end of the line. One white
  /// space character is removed with it. There is at most one tag: everything after it is text.
  ///
  /// - Returns: the tag and the text after it, or nil and the whole line if it does not begin with a tag.
  public func cutTag(off line: [UInt8]) -> (tag: TokenID?, text: ArraySlice<UInt8>) {
    guard !tagIDs.isEmpty, let first = line.first, isTagBeginning(first) else { return (nil, line[...]) }
    let end = line.firstIndex { $0 == UInt8(ascii: " ") || 0x09...0x0d ~= $0 } ?? line.count
    guard let id = find(line.span.extracting(0..<end)), isTag(id) else { return (nil, line[...]) }
    return (id, line[min(end + 1, line.count)...])
  }
}

/// Checks whether strings are valid tags.
public enum TagForm {
  /// The reason why a string is not a valid tag; nil if it is one.
  ///
  /// Tags are written in brackets, `<2de>` or `>>deu<<`, so that an ordinary word at the beginning of a line is never
  /// taken for a tag.
  public static func problem(of tag: String) -> String? {
    let isBracketed = [("<", ">"), (">>", "<<")].contains { open, close in
      tag.hasPrefix(open) && tag.hasSuffix(close) && tag.utf8.count > open.utf8.count + close.utf8.count
    }
    if tag.unicodeScalars.contains(where: \.properties.isWhitespace) {
      return "a tag is a single word, without white space"
    }
    if SpecialTokens.standardNames.contains(tag) {
      return "every vocabulary reserves this token"
    }
    return isBracketed ? nil : "a tag is written in brackets, such as <2de> or >>deu<<"
  }

  /// What is wrong with a list of tags; nil if they are valid.
  static func problem(of tags: [String]) -> String? {
    for (index, tag) in tags.enumerated() {
      if let problem = problem(of: tag) { return "'\(tag)' is not a tag: \(problem)" }
      if tags[..<index].contains(tag) { return "the tag '\(tag)' is listed twice" }
    }
    return nil
  }
}

/// Whether a line with this first byte may begin with a tag: all tags begin with a bracket, most lines do not.
private func isTagBeginning(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") }
