import Corpora
import Text
import Tokens

/// A pair in which span tokens stand for some of its ids.
struct SpanReplacement {
  /// The pair; its links are between the same words, and several words behind one token are one.
  let pair: SentencePair

  /// Replaces ids on both sides.
  ///
  /// - Parameters:
  ///   - pair: the pair.
  ///   - candidates: the ids, without overlaps.
  ///   - numbers: the number of the token of each, from 0.
  ///   - brackets: what stands around the first one; nil for nothing.
  ///   - pipeline: has the tokens.
  init(
    _ pair: SentencePair, _ candidates: [SpanCandidate], numbers: [Int], brackets: SpanBrackets?,
    _ pipeline: TextPipeline
  ) {
    func side(
      _ ids: ArraySlice<TokenID>, _ words: ArraySlice<UInt16>?, _ ranges: [Range<Int>],
      _ side: TextPipeline.Side
    ) -> ReplacedSide {
      let vocabulary = pipeline.vocabulary(side)
      let bracket = brackets.map { side == .source ? $0.source : $0.target }
      var tokens: [Int: (end: Int, ids: [TokenID])] = [:]
      for (place, range) in ranges.enumerated() {
        let token = vocabulary.spanIDs[numbers[place]]
        let around = place == 0 ? bracket : nil
        tokens[range.lowerBound] = (
          range.upperBound, (around?.before ?? []) + [token] + (around?.after ?? [])
        )
      }
      return ReplacedSide(Array(ids), words: words.map(Array.init) ?? [], by: tokens)
    }
    let source = side(pair.source, pair.alignment?.sourceWords, candidates.map(\.source), .source)
    let target = side(pair.target, pair.alignment?.targetWords, candidates.map(\.target), .target)
    let alignment = pair.alignment.map { alignment in
      PairAlignment(
        links: alignment.links.map { link in
          AlignmentLink(
            source: UInt16(source.places[Int(link.source)]), target: UInt16(target.places[Int(link.target)]))
        }[...], sourceWords: source.wordLengths[...], targetWords: target.wordLengths[...])
    }
    self.pair = SentencePair(source: source.ids[...], target: target.ids[...], alignment: alignment)
  }
}

/// One side of a pair with span tokens, and its words.
private struct ReplacedSide {
  private(set) var ids: [TokenID] = []
  /// The number of ids of each word.
  private(set) var wordLengths: [UInt16] = []
  /// The new word of each former one: that of its first id.
  private(set) var places: [Int] = []

  /// - Parameters:
  ///   - former: the ids.
  ///   - words: the number of ids of each word; empty if words do not matter.
  ///   - replacements: for the first of the ids to replace, where they end, and by what.
  init(_ former: [TokenID], words: [UInt16], by replacements: [Int: (end: Int, ids: [TokenID])]) {
    var (position, end) = (0, 0)
    for length in words.isEmpty ? [UInt16(clamping: former.count)] : words {
      let wordEnd = words.isEmpty ? former.count : end + Int(length)
      let start = ids.count
      while position < wordEnd {
        if let replacement = replacements[position] {
          ids += replacement.ids
          position = replacement.end
        } else {
          ids.append(former[position])
          position += 1
        }
      }
      end = wordEnd
      if ids.count > start { wordLengths.append(UInt16(clamping: ids.count - start)) }
      // A word within a longer span belongs to the word where that begins.
      places.append(wordLengths.count - 1)
    }
  }
}

/// Brackets or quotation marks around a span token.
struct SpanBrackets {
  /// The ids on a side.
  struct Side {
    var before: [TokenID]
    var after: [TokenID]

    var count: Int { before.count + after.count }
  }

  var source, target: Side

  /// Those that both vocabularies can spell.
  static func all(_ pipeline: TextPipeline) -> [SpanBrackets] {
    ["()", "[]", "\"\"", "“”", "«»", "„“"].compactMap { marks in
      guard let first = marks.first, let last = marks.last,
        let source = side(String(first), String(last), pipeline, .source),
        let target = side(String(first), String(last), pipeline, .target)
      else { return nil }
      return SpanBrackets(source: source, target: target)
    }
  }

  private static func side(
    _ before: String, _ after: String, _ pipeline: TextPipeline, _ side: TextPipeline.Side
  ) -> Side? {
    let character = Array("\u{F0000}".utf8)
    let text = Array(before.utf8) + character + Array(after.utf8)
    guard
      let sentence = pipeline.withSpanTokens(
        pipeline.encode(text: text, side: side), for: [character], side: side),
      sentence.unknowns.isEmpty, let token = pipeline.vocabulary(side).spanIDs.first,
      let place = sentence.ids.firstIndex(of: token)
    else { return nil }
    // What is not a token of its own is a part of the span's text.
    guard sentence.spans[0].bytes.contains(character[0]), place > 0, place + 1 < sentence.ids.count else {
      return nil
    }
    return Side(before: Array(sentence.ids[..<place]), after: Array(sentence.ids[(place + 1)...]))
  }
}
