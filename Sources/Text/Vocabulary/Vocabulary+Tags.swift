public import Tokens

/// Tags tell a model what to do with a sentence, such as which language to translate it into: `<2de>`.
///
/// Each is a token of the vocabulary. No text becomes such a token, wherever it occurs and whatever it spells: a tag
/// is a tag only as the first word of a source line, or where a program passes it along with the line. So a tag
/// cannot be smuggled into the middle of a text.
///
/// Source: Johnson et al. 2017, "Google's Multilingual Neural Machine Translation System", section 3.
extension Vocabulary {
  /// The tags, in the order in which `pipeline.json` lists them.
  public var tags: [String] { tagIDs.map { String(decoding: self[$0], as: UTF8.self) } }

  /// The id of a tag.
  ///
  /// - Throws: ``VocabularyError/unknownTag(found:known:)``, which lists those that there are.
  public func id(ofTag tag: String) throws(VocabularyError) -> TokenID {
    guard let id = id(of: Subword(tag)), isTag(id) else {
      throw .unknownTag(found: tag, known: tags)
    }
    return id
  }

  /// Separates the tag at the beginning of a line from the text behind it.
  ///
  /// A tag starts in the line's first column and is followed by white space (a space, a tab) or the end of the line.
  /// One white space character is removed with it. There is at most one tag: what follows is text.
  ///
  /// - Returns: nil for the tag, and the whole line, where the line does not begin with one.
  public func cutTag(off line: [UInt8]) -> (tag: TokenID?, text: ArraySlice<UInt8>) {
    guard !tagIDs.isEmpty, let first = line.first, isTagBeginning(first) else { return (nil, line[...]) }
    let end = line.firstIndex { $0 == UInt8(ascii: " ") || 0x09...0x0d ~= $0 } ?? line.count
    guard let id = find(line.span.extracting(0..<end)), isTag(id) else { return (nil, line[...]) }
    return (id, line[min(end + 1, line.count)...])
  }
}

/// What can be a tag.
public enum TagForm {
  /// What keeps a text from being a tag, in words; nil where nothing does.
  ///
  /// Tags stand in brackets, `<2de>` or `>>deu<<`, so that no line that begins with an ordinary word is taken for one
  /// that begins with a tag.
  public static func problem(of tag: String) -> String? {
    let isBracketed = [("<", ">"), (">>", "<<")].contains { open, close in
      tag.hasPrefix(open) && tag.hasSuffix(close) && tag.utf8.count > open.utf8.count + close.utf8.count
    }
    if tag.unicodeScalars.contains(where: \.properties.isWhitespace) {
      return "a tag is one word, without white space"
    }
    if SpecialTokens.standardNames.contains(tag) {
      return "every vocabulary reserves this token"
    }
    return isBracketed ? nil : "a tag stands in brackets, as <2de> or >>deu<<"
  }

  /// What is wrong with a list of tags, in words; nil if nothing is.
  static func problem(of tags: [String]) -> String? {
    for (index, tag) in tags.enumerated() {
      if let problem = problem(of: tag) { return "'\(tag)' is not a tag: \(problem)" }
      if tags[..<index].contains(tag) { return "the tag '\(tag)' is listed twice" }
    }
    return nil
  }
}

/// Every tag begins with a bracket, which most lines do not.
private func isTagBeginning(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") }
