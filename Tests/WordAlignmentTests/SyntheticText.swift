import RandomNumbers
import Tokens
import WordAlignment

/// Text of random words whose translations and order are known.
struct SyntheticText {
  var pairs = SentencePairs()
  var links: [[AlignmentLink]] = []

  /// Pairs in which source word `w` is translated by target word `w`; sometimes neighbors are swapped, a source word has no
  /// translation, or a target word comes from nowhere.
  init(pairs count: Int, words: Int, seed: UInt64) {
    var random = SplitMix64(state: seed)
    for _ in 0..<count {
      let length = Int.random(in: 3...12, using: &random)
      // Squared, so that some words are frequent.
      let source = (0..<length).map { _ in
        UInt32(
          Double(words) * Double.random(in: 0..<1, using: &random) * Double.random(in: 0..<1, using: &random))
      }
      var order = Array(0..<length)
      for place in 1..<length where Double.random(in: 0..<1, using: &random) < 0.15 {
        order.swapAt(place, place - 1)
      }
      var (target, links): ([UInt32], [AlignmentLink]) = ([], [])
      for place in order {
        if Double.random(in: 0..<1, using: &random) < 0.05 { continue }
        // Words that come from nowhere.
        if Double.random(in: 0..<1, using: &random) < 0.05 { target.append(UInt32(words)) }
        links.append(AlignmentLink(source: UInt16(place), target: UInt16(target.count)))
        target.append(source[place])
      }
      pairs.append(source: source, target: target)
      self.links.append(links)
    }
  }

  /// How much an aligner's links differ from the true ones.
  func errorRate(_ aligner: WordAligner, _ symmetrization: Symmetrization) -> Double {
    var rate = AlignmentErrorRate()
    let found = aligner.links(of: pairs, in: 0..<pairs.count, by: symmetrization, threads: 2)
    for (found, known) in zip(found, links) { rate.add(found, reference: known) }
    return rate.value
  }
}
