import Corpora
import Tensors
import Text
import Tokens

/// Writes the translations of some words behind them into the source of a share of the pairs, so that the model learns to
/// use them: `translate` writes the terms of a glossary there.
///
/// Half of the translations are written in the form that the pair has, the others in the most frequent one, so that the
/// model learns to inflect what a glossary says. Which words they are depends only on seed, epoch and the number of the
/// pair.
///
/// Source: Dinu et al. 2019, "Training Neural Machine Translation to Apply Terminology Constraints"; Bergmanis and Pinnis
/// 2021, "Facilitating Terminology Translation with Target Lemma Annotations".
struct TermTraining {
  private let share: Float
  private let seed: UInt64
  private let pipeline: TextPipeline
  private let longestSource: Int
  private let candidates: SpanCandidates
  private let sample: WordLinkSample?

  /// Returns nil if no terms are annotated.
  ///
  /// - Parameters:
  ///   - share: the share of pairs, from 0 to 1.
  ///   - seed: the random seed.
  ///   - pipeline: with marks of terms, or nothing is annotated.
  ///   - longestSource: the most ids that a source sentence may have.
  ///   - sample: links of words of the same corpus; nil if it has alignments.
  init?(share: Double, seed: UInt64, pipeline: TextPipeline, longestSource: Int, sample: WordLinkSample?) {
    guard share > 0, pipeline.settings.marks.terms else { return nil }
    (self.share, self.seed, self.pipeline) = (Float(share), seed, pipeline)
    (self.longestSource, self.sample) = (longestSource, sample)
    candidates = SpanCandidates(pipeline)
  }

  /// The transform of the pairs of an epoch, counted from 1.
  func transform(epoch: Int) -> PairTransform {
    { [self] pair, index in
      var random = RandomSource(seed, 6, UInt64(epoch), UInt64(index))
      let share = sample?.share(share, ofPair: index) ?? share
      guard random.uniform() < share else { return pair }
      return annotated(pair, index, &random)
    }
  }

  private func annotated(_ pair: SentencePair, _ index: Int, _ random: inout RandomSource) -> SentencePair {
    let words = candidates.words(of: pair, links: sample?.links(of: index))
      .sorted { $0.source.lowerBound < $1.source.lowerBound }
    guard !words.isEmpty else { return pair }
    let wanted = min(1 + random.index(below: Self.mostTerms), words.count)
    let first = Set(random.chosen(wanted, of: Array(words.indices)))
    var (annotations, place): ([TermAnnotation], Int) = ([], 0)
    while place < words.count {
      guard first.contains(place) else {
        place += 1
        continue
      }
      // A term may have several words, if their translations stand together, too.
      var (last, target) = (place, words[place].target)
      while last + 1 < words.count, last - place < Self.mostWords - 1, random.uniform() < Self.longerShare,
        let joined = words[last].joined(with: words[last + 1], target)
      {
        (last, target) = (last + 1, joined)
      }
      let term = words[place].source.lowerBound..<words[last].source.upperBound
      let isUsual = last == place && random.uniform() < 0.5
      if let translation = translation(of: term, target, in: pair, isUsual: isUsual) {
        annotations.append(TermAnnotation(term: term, translation: translation))
      }
      place = last + 1
    }
    let added = annotations.reduce(0) { $0 + $1.translation.count + 3 }
    guard pair.source.count + added <= longestSource else { return pair }
    return pair.annotated(annotations, pipeline)
  }

  private func translation(of term: Range<Int>, _ target: Range<Int>, in pair: SentencePair, isUsual: Bool)
    -> [TokenID]?
  {
    let (source, ids) = (pair.source.part(term), pair.target.part(target))
    let usual = isUsual ? sample?.forms?.form(of: ids, translating: source) : nil
    return pipeline.annotation(ofTarget: usual ?? ids)
  }

  private static let mostTerms = 3
  private static let mostWords = 3
  /// How often a term has one more word, where that is possible.
  private static let longerShare: Float = 0.4
}

extension SpanCandidate {
  /// The target of two words that stand side by side in the source, if their targets do, too.
  fileprivate func joined(with next: SpanCandidate, _ target: Range<Int>) -> Range<Int>? {
    guard next.source.lowerBound == source.upperBound else { return nil }
    if next.target.lowerBound == target.upperBound { return target.lowerBound..<next.target.upperBound }
    return next.target.upperBound == target.lowerBound ? next.target.lowerBound..<target.upperBound : nil
  }
}

extension SentencePair {
  /// The pair with translations of terms in its source; its links are between the same words.
  fileprivate func annotated(_ annotations: [TermAnnotation], _ pipeline: TextPipeline) -> SentencePair {
    let source = pipeline.annotated(EncodedSentence(ids: Array(source)), with: annotations)
    let alignment = alignment.map { alignment in
      PairAlignment(
        links: alignment.links, sourceWords: pipeline.wordLengths(source, side: .source)[...],
        targetWords: alignment.targetWords)
    }
    return SentencePair(source: source.ids[...], target: target, alignment: alignment)
  }
}

extension ArraySlice {
  /// The elements at a range that is counted from the first one.
  fileprivate func part(_ range: Range<Int>) -> ArraySlice {
    self[(startIndex + range.lowerBound)..<(startIndex + range.upperBound)]
  }
}
