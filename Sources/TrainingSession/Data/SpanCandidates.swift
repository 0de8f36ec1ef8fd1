import Corpora
import Text
import Tokens

/// Ids on both sides of a pair that a span token can replace.
struct SpanCandidate: Equatable {
  var source: Range<Int>
  var target: Range<Int>
}

/// Finds what span tokens can replace in pairs without unknown text.
struct SpanCandidates {
  private let pipeline: TextPipeline
  private let finder = SpanFinder(kinds: Set(SpanKind.allCases))

  init(_ pipeline: TextPipeline) { self.pipeline = pipeline }

  /// Protected spans of all kinds that both sides have as they are, equally often: the first one belongs to the first.
  func spans(of pair: SentencePair) -> [SpanCandidate] {
    guard hasOnlyKnownText(pair) else { return [] }
    let sources = Dictionary(grouping: spans(in: Array(pair.source), .source), by: \.text)
    guard !sources.isEmpty else { return [] }
    let targets = Dictionary(grouping: spans(in: Array(pair.target), .target), by: \.text)
    return sources.flatMap { text, places -> [SpanCandidate] in
      guard let others = targets[text], others.count == places.count else { return [] }
      return zip(places, others).map { SpanCandidate(source: $0.ids, target: $1.ids) }
    }
    .sorted { $0.source.lowerBound < $1.source.lowerBound }
  }

  /// Names and numbers that both sides have once.
  func names(of pair: SentencePair) -> [SpanCandidate] {
    pipeline.sharedNames(source: Array(pair.source), target: Array(pair.target))
      .map { SpanCandidate(source: $0.source, target: $0.target) }
  }

  /// Words that are linked with one word only, which is linked with no other.
  ///
  /// - Parameters:
  ///   - pair: the pair.
  ///   - links: links between its words, of which each has one at most; nil to take them from the pair's alignment.
  /// - Returns: the words, in the order of the links.
  func words(of pair: SentencePair, links: WordLinkSample.Links?) -> [SpanCandidate] {
    guard hasOnlyKnownText(pair) else { return [] }
    let sources = pair.alignment?.sourceWords ?? lengths(pair.source, .source)
    let targets = pair.alignment?.targetWords ?? lengths(pair.target, .target)
    let chosen: [AlignmentLink]
    if let links {
      // Other words, as with a random segmentation, would be other links.
      guard links.sourceWords == sources.count, links.targetWords == targets.count else { return [] }
      chosen = Array(links.all)
    } else {
      chosen = pair.alignment.map { oneToOne($0.links) } ?? []
    }
    let (sourceRanges, targetRanges) = (ranges(sources), ranges(targets))
    return chosen.compactMap { link in
      let candidate = SpanCandidate(
        source: sourceRanges[Int(link.source)], target: targetRanges[Int(link.target)])
      let isWord =
        hasWord(pair.source, candidate.source, .source) && hasWord(pair.target, candidate.target, .target)
      return isWord ? candidate : nil
    }
  }

  private func hasOnlyKnownText(_ pair: SentencePair) -> Bool {
    !pair.source.contains(pipeline.vocabulary(.source).specialTokens.unknown)
      && !pair.target.contains(pipeline.vocabulary(.target).specialTokens.unknown)
  }

  /// The protected spans of a sentence that consist of whole tokens.
  private func spans(in ids: [TokenID], _ side: TextPipeline.Side) -> [(text: [UInt8], ids: Range<Int>)] {
    let text = pipeline.decode(ids, side: side)
    let spans = finder.spans(in: text)
    guard !spans.isEmpty else { return [] }
    let places = pipeline.visiblePlaces(of: EncodedSentence(ids: ids), side: side)
    return spans.compactMap { span in
      let start = visibleCount(of: text[..<span.range.lowerBound])
      let end = start + visibleCount(of: text[span.range])
      var found = TextPipeline.ids(at: start..<end, places)
      guard !found.isEmpty, places[found.lowerBound].lowerBound == start,
        places[found.upperBound - 1].upperBound == end
      else { return nil }
      // A token that is only a space belongs to what follows.
      if let last = ids[..<found.lowerBound].indices.last, places[last].isEmpty,
        pipeline.vocabulary(side).isText(ids[last])
      {
        found = last..<found.upperBound
      }
      return (Array(text[span.range]), found)
    }
  }

  private func lengths(_ ids: ArraySlice<TokenID>, _ side: TextPipeline.Side) -> ArraySlice<UInt16> {
    pipeline.wordLengths(EncodedSentence(ids: Array(ids)), side: side)[...]
  }

  /// Whether some ids are a word with a letter or a digit, and not a tag.
  private func hasWord(_ ids: ArraySlice<TokenID>, _ range: Range<Int>, _ side: TextPipeline.Side) -> Bool {
    let word = ids[(ids.startIndex + range.lowerBound)..<(ids.startIndex + range.upperBound)]
    guard !word.isEmpty, word.allSatisfy(pipeline.vocabulary(side).isText) else { return false }
    return pipeline.segmentation(side).text(ofWord: word).isWord
  }
}

/// The links of words that have only one, on both sides.
private func oneToOne(_ links: ArraySlice<AlignmentLink>) -> [AlignmentLink] {
  let links = Set(links)
  let sources = Dictionary(grouping: links, by: \.source)
  let targets = Dictionary(grouping: links, by: \.target)
  return links.filter { sources[$0.source]?.count == 1 && targets[$0.target]?.count == 1 }
    .sorted { $0.source < $1.source }
}

private func ranges(_ lengths: ArraySlice<UInt16>) -> [Range<Int>] {
  var end = 0
  return lengths.map { length in
    defer { end += Int(length) }
    return end..<end + Int(length)
  }
}

extension [UInt8] {
  /// Whether a text has a letter or a digit.
  var isWord: Bool {
    contains { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 & 0xDF }
      || String(decoding: self, as: UTF8.self).unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }
}
