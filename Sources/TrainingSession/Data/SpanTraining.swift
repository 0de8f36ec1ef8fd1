import Corpora
import Tensors
import Text
import Tokens

/// Puts span tokens in place of text that both sides of a pair share, or of words that are translations of each other, in a
/// share of the pairs, so that the model learns to carry them over: `translate` lets them stand for protected spans.
///
/// Which text they replace, and which tokens do, depends only on seed, epoch and the number of the pair.
struct SpanTraining {
  private let share: Float
  private let seed: UInt64
  private let pipeline: TextPipeline
  /// Positions per source token of a non-autoregressive decoder; see `CorpusOptions.upsampling`.
  private let room: Int?
  private let candidates: SpanCandidates
  /// Links of words, unless the text comes with alignments.
  private let sample: WordLinkSample?
  private let brackets: [SpanBrackets]

  /// Returns nil if no text is replaced.
  ///
  /// - Parameters:
  ///   - share: the share of pairs, from 0 to 1.
  ///   - seed: the random seed.
  ///   - pipeline: with span tokens, or nothing is replaced.
  ///   - room: see ``room``.
  ///   - sample: links of words of the same corpus; nil if it has alignments.
  init?(share: Double, seed: UInt64, pipeline: TextPipeline, room: Int?, sample: WordLinkSample?) {
    guard share > 0, pipeline.settings.marks.spans > 0 else { return nil }
    (self.share, self.seed, self.pipeline, self.room) = (Float(share), seed, pipeline, room)
    self.sample = sample
    candidates = SpanCandidates(pipeline)
    brackets = SpanBrackets.all(pipeline)
  }

  /// The transform of the pairs of an epoch, counted from 1.
  func transform(epoch: Int) -> PairTransform {
    { [self] pair, index in
      var random = RandomSource(seed, 5, UInt64(epoch), UInt64(index))
      guard random.uniform() < sample?.share(share, ofPair: index) ?? share else { return pair }
      return replaced(in: pair, index, &random)
    }
  }

  private func replaced(in pair: SentencePair, _ index: Int, _ random: inout RandomSource) -> SentencePair {
    let count = pipeline.settings.marks.spans
    var found = candidates.spans(of: pair)
    var wanted = min(found.count, count)
    if found.isEmpty {
      found = candidates.names(of: pair)
      if found.isEmpty { found = candidates.words(of: pair, links: sample?.links(of: index)) }
      wanted = min(1 + random.index(below: Self.mostWords), found.count, count)
    }
    guard wanted > 0 else { return pair }
    let chosen = random.chosen(wanted, of: found)
    let numbers = random.chosen(wanted, of: Array(0..<count))
    let replacement = SpanReplacement(
      pair, chosen, numbers: numbers, brackets: bracket(chosen, &random), pipeline)
    guard let room else { return replacement.pair }
    // The target needs room in the positions that the decoder makes of the source.
    let result = replacement.pair
    return Array(result.target).fewestCTCRows <= room * (result.source.count + 1) ? result : pair
  }

  /// Brackets around one of the spans, now and then, if the pair becomes no longer by them.
  private func bracket(_ chosen: [SpanCandidate], _ random: inout RandomSource) -> SpanBrackets? {
    guard !brackets.isEmpty, random.uniform() < Self.bracketShare else { return nil }
    let bracket = brackets[random.index(below: brackets.count)]
    let saved = (
      source: chosen.reduce(0) { $0 + $1.source.count - 1 },
      target: chosen.reduce(0) { $0 + $1.target.count - 1 }
    )
    return bracket.source.count <= saved.source && bracket.target.count <= saved.target ? bracket : nil
  }

  /// The most words that are replaced in a pair without text that both sides share.
  private static let mostWords = 3
  private static let bracketShare: Float = 0.25
}

extension RandomSource {
  /// A number below a bound.
  mutating func index(below bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

  /// Some elements in random order, each at most once.
  mutating func chosen<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var elements = elements
    for place in 0..<count { elements.swapAt(place, place + index(below: elements.count - place)) }
    return Array(elements[..<count])
  }
}
