/// A sign that the texts are not those that a metric expects, which changes its score.
public enum TextHint: Sendable, Equatable {
  /// The references are written without spaces between words, and the tokenizer of BLEU splits at spaces.
  case withoutSpaces(Script, BLEU.Tokenization)
  /// Hypotheses contain the separator of subwords: `@@ ` or `▁`.
  case subwords(mark: String, lines: Int)
  /// Hypotheses contain escapes such as `&quot;`, references do not.
  case escapes(String, lines: Int)
  /// Hypotheses end with a space and a period like tokenized text, references do not.
  case separatedPunctuation(lines: Int)

  /// Scripts without spaces between words.
  public enum Script: String, Sendable {
    /// Chinese characters without kana.
    case chinese = "Chinese"
    /// Kana, usually with Chinese characters.
    case japanese = "Japanese"
    /// Thai, Lao, Khmer, Burmese or Tibetan.
    case southeastAsian = "Thai, Lao, Khmer, Burmese or Tibetan"
  }

  /// What is suspicious about texts to score.
  ///
  /// - Parameters:
  ///   - hypotheses: one translation per segment, UTF-8.
  ///   - references: the lines of all references.
  ///   - tokenization: the tokenizer of BLEU; nil if BLEU is not computed.
  /// - Returns: the hints, none for ordinary text.
  public static func hints(
    hypotheses: [[UInt8]], references: [[UInt8]], tokenization: BLEU.Tokenization?
  ) -> [TextHint] {
    var hints: [TextHint] = []
    if let tokenization, tokenization == .mteval13a || tokenization == .international,
      let script = scriptWithoutSpaces(references)
    {
      hints.append(.withoutSpaces(script, tokenization))
    }
    hints += subwordHints(hypotheses, references)
    // Tokenized text is what the tokenizer `none` expects.
    if tokenization != BLEU.Tokenization.none {
      hints += escapeHints(hypotheses, references) + punctuationHints(hypotheses, references)
    }
    return hints
  }
}

extension TextHint: CustomStringConvertible {
  /// What was found, and what to do.
  public var description: String {
    switch self {
    case .withoutSpaces(let script, let tokenization):
      "the references are \(script.rawValue), written without spaces, but the tokenizer "
        + "'\(tokenization.rawValue)' splits at spaces: BLEU compares whole phrases; score with "
        + (script == .chinese ? "--tokenize zh" : "--tokenize char, or segment both texts first")
    case .subwords(let mark, let lines):
      "\(Self.count(lines)) of the translation \(lines == 1 ? "contains" : "contain") '\(mark)', the mark of subwords; "
        + "join the subwords first"
    case .escapes(let escape, let lines):
      "\(Self.count(lines)) of the translation \(lines == 1 ? "contains" : "contain") escapes such as '\(escape)', "
        + "the references do not; unescape the translation first"
    case .separatedPunctuation(let lines):
      "\(Self.count(lines)) of the translation \(lines == 1 ? "ends" : "end") with a space and a period, the "
        + "references do not: it looks tokenized; detokenize it first"
    }
  }

  private static func count(_ lines: Int) -> String { lines == 1 ? "1 line" : "\(lines) lines" }
}

// MARK: - Scripts

/// Whether most letters belong to a script without spaces, and words are as long as phrases.
private func scriptWithoutSpaces(_ lines: [[UInt8]]) -> TextHint.Script? {
  var (letters, chinese, kana, other, words) = (0, 0, 0, 0, 0)
  // Enough to recognize a language.
  for line in lines.prefix(1000) where line.contains(where: { $0 >= 0x80 }) {
    forEachWord(in: line) { _ in words += 1 }
    for scalar in scalars(of: line) {
      switch scalar {
      case 0x3040...0x30FF, 0x31F0...0x31FF: kana += 1
      case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: chinese += 1
      case 0x0E00...0x0FFF, 0x1000...0x109F, 0x1780...0x17FF: other += 1
      default: if Unicode.Scalar(scalar)?.properties.isAlphabetic != true { continue }
      }
      letters += 1
    }
  }
  let unspaced = chinese + kana + other
  // Segmented text has 2 letters per word in Chinese and 4 in Thai; unsegmented text has a sentence or a phrase.
  guard unspaced * 2 > letters, letters > words * 5 else { return nil }
  if other > chinese + kana { return .southeastAsian }
  // A Chinese text may mention a Japanese name.
  return kana * 10 > chinese ? .japanese : .chinese
}

// MARK: - Tokenized text

private func subwordHints(_ hypotheses: [[UInt8]], _ references: [[UInt8]]) -> [TextHint] {
  let marks = [("@@", "@@ "), ("▁", "▁")]
  return marks.compactMap { name, mark in
    let pattern = Array(mark.utf8)
    let lines = hypotheses.count { contains($0, pattern) }
    guard lines > 0, !references.contains(where: { contains($0, pattern) }) else { return nil }
    return .subwords(mark: name, lines: lines)
  }
}

private func escapeHints(_ hypotheses: [[UInt8]], _ references: [[UInt8]]) -> [TextHint] {
  let escapes = ["&quot;", "&apos;", "&amp;", "&lt;", "&gt;", "&#124;", "&#91;", "&#93;", "&#39;"]
  let ampersand = UInt8(ascii: "&")
  func escape(in line: [UInt8]) -> String? {
    line.contains(ampersand) ? escapes.first { contains(line, Array($0.utf8)) } : nil
  }
  let found = hypotheses.compactMap(escape)
  guard let first = found.first, !references.contains(where: { escape(in: $0) != nil }) else { return [] }
  return [.escapes(first, lines: found.count)]
}

/// Most lines that end with a period have a space before it, if that is not so in the references.
private func punctuationHints(_ hypotheses: [[UInt8]], _ references: [[UInt8]]) -> [TextHint] {
  let (separated, all) = separatedEnds(hypotheses)
  let (others, allOthers) = separatedEnds(references)
  guard separated * 2 > all, others * 2 <= allOthers else { return [] }
  return [.separatedPunctuation(lines: separated)]
}

private func separatedEnds(_ lines: [[UInt8]]) -> (separated: Int, all: Int) {
  var (separated, all) = (0, 0)
  for line in lines {
    let line = trimmingEnd(line)
    // Only periods: French puts a space before question and exclamation marks.
    guard line.count > 1, line.last == UInt8(ascii: ".") else { continue }
    all += 1
    if line[line.count - 2] == UInt8(ascii: " ") { separated += 1 }
  }
  return (separated, all)
}

private func contains(_ line: [UInt8], _ pattern: [UInt8]) -> Bool {
  guard let first = pattern.first, line.count >= pattern.count else { return false }
  return (0...line.count - pattern.count).contains {
    line[$0] == first && line[$0..<$0 + pattern.count].elementsEqual(pattern)
  }
}
