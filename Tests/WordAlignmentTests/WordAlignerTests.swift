import Foundation
import Testing
import Tokens
import WordAlignment

@Suite struct WordAlignerTests {
  /// Three pairs with repeated words and different lengths.
  private var tiny: [(source: [UInt32], target: [UInt32])] {
    [([0, 1, 2], [0, 1]), ([0, 3], [0, 2, 2]), ([1, 2, 1, 0], [1, 3, 0])]
  }

  private func pairs(_ texts: [(source: [UInt32], target: [UInt32])]) -> SentencePairs {
    var pairs = SentencePairs()
    for text in texts { pairs.append(source: text.source, target: text.target) }
    return pairs
  }

  /// One direction of the model as its formulas say, with dictionaries.
  private struct Naive {
    struct Words: Hashable {
      /// nil: nothing.
      var given: UInt32?
      var predicted: UInt32
    }
    var probabilities: [Words: Double] = [:]
    var likelihood = 0.0

    // Given and predicted sentences.
    mutating func iterate(_ texts: [(given: [UInt32], predicted: [UInt32])], tension: Double, prior: Double) {
      let types = Double(Set(texts.flatMap(\.predicted)).count)
      let words = (texts.flatMap(\.predicted).max() ?? 0) + 1
      var counts: [Words: Double] = [:]
      likelihood = 0
      for (given, predicted) in texts {
        for (j, word) in predicted.enumerated() {
          let distances = given.indices.map {
            abs(Double(j + 1) / Double(predicted.count) - Double($0 + 1) / Double(given.count))
          }
          let mass = distances.map { exp(-tension * $0) }.reduce(0, +)
          var weights = [(Words(given: nil, predicted: word), 0.08)]
          for (i, other) in given.enumerated() {
            weights.append((Words(given: other, predicted: word), 0.92 * exp(-tension * distances[i]) / mass))
          }
          for index in weights.indices {
            weights[index].1 *= probabilities[weights[index].0] ?? 1 / Double(words)
          }
          let sum = weights.reduce(0) { $0 + $1.1 }
          likelihood += log(sum)
          for (words, weight) in weights { counts[words, default: 0] += weight / sum }
        }
      }
      for given in Set(counts.keys.map(\.given)) {
        let own = counts.filter { $0.key.given == given }
        let sum = own.values.reduce(0, +)
        // Of a word that is not there, every predicted word is a translation.
        let size = given == nil ? types : Double(own.count)
        for (words, count) in own {
          probabilities[words] =
            prior > 0 ? exp(digamma(count + prior) - digamma(sum + prior * size)) : count / sum
        }
      }
    }
  }

  @Test(arguments: [0, 0.01, 0.5]) func anIterationIsThatOfTheFormulas(prior: Double) {
    var options = AlignerOptions()
    (options.prior, options.learnsTension) = (prior, false)
    for iterations in 1...3 {
      options.iterations = iterations
      var (forward, reverse) = (Naive(), Naive())
      for _ in 0..<iterations {
        forward.iterate(tiny.map { ($0.source, $0.target) }, tension: 4, prior: prior)
        reverse.iterate(tiny.map { ($0.target, $0.source) }, tension: 4, prior: prior)
      }
      var last: WordAligner.Progress?
      let aligner = WordAligner(learningFrom: pairs(tiny), options: options, threads: 2) { last = $0 }
      #expect(abs(last!.likelihood.forward - forward.likelihood) < 1e-4)
      #expect(abs(last!.likelihood.reverse - reverse.likelihood) < 1e-4)
      var count = 0
      for entry in aligner.table.slots where !entry.isFree {
        count += 1
        let (source, target) = (entry.source, entry.target)
        let wanted = forward.probabilities[.init(given: source, predicted: target)]!
        #expect(abs(Double(entry.forward) - wanted) < 1e-5 * max(1, wanted), "\(source) \(target)")
        let other = reverse.probabilities[.init(given: target, predicted: source)]!
        #expect(abs(Double(entry.reverse) - other) < 1e-5 * max(1, other), "\(source) \(target)")
      }
      #expect(count == forward.probabilities.keys.count { $0.given != nil } && count == aligner.table.count)
      for word in UInt32(0)..<4 {
        let wanted = forward.probabilities[.init(given: nil, predicted: word)]!
        #expect(abs(Double(aligner.forward.null[Int(word)]) - wanted) < 1e-5)
      }
    }
  }

  @Test(arguments: [false, true]) func withoutAPriorTheTextBecomesMoreProbable(learnsTension: Bool) {
    let text = SyntheticText(pairs: 300, words: 60, seed: 1)
    var options = AlignerOptions()
    (options.prior, options.iterations, options.learnsTension) = (0, 12, learnsTension)
    var before: WordAligner.Progress?
    _ = WordAligner(learningFrom: text.pairs, options: options, threads: 2) { now in
      if let before {
        #expect(now.likelihood.forward >= before.likelihood.forward - 0.01, "iteration \(now.iteration)")
        #expect(now.likelihood.reverse >= before.likelihood.reverse - 0.01, "iteration \(now.iteration)")
        if now.iteration == 2 { #expect(now.likelihood.forward > before.likelihood.forward + 100) }
      }
      before = now
    }
    #expect((before?.tension.forward == 4) == !learnsTension)
  }

  @Test func knownLinksAreFound() {
    let text = SyntheticText(pairs: 2000, words: 400, seed: 2)
    let aligner = WordAligner(learningFrom: text.pairs, threads: 2)
    // Measured: 0.023; swaps of neighbors and words from nowhere are the errors.
    #expect(text.errorRate(aligner, .growDiagFinalAnd) < 0.03)
    #expect(text.errorRate(aligner, .intersection) < 0.03)
    // Without learning, only the diagonal says anything.
    var options = AlignerOptions()
    options.iterations = 1
    let blind = WordAligner(learningFrom: pairs([([0], [0])]), options: options, threads: 1)
    #expect(text.errorRate(blind, .growDiagFinalAnd) > 0.2)
  }

  @Test func theNumberOfThreadsDoesNotMatter() {
    let text = SyntheticText(pairs: 700, words: 100, seed: 3)
    let aligners = [1, 2, 5].map { WordAligner(learningFrom: text.pairs, threads: $0) }
    func bits(_ aligner: WordAligner) -> [UInt32] {
      aligner.table.slots.flatMap { [$0.forward.bitPattern, $0.reverse.bitPattern] }
        + (aligner.forward.null + aligner.reverse.null).map(\.bitPattern)
    }
    for other in aligners[1...] {
      #expect(bits(other) == bits(aligners[0]))
      #expect(other.forward.tension == aligners[0].forward.tension)
      #expect(other.reverse.tension == aligners[0].reverse.tension)
    }
    let links = [1, 3].map { aligners[0].links(of: text.pairs, in: 5..<600, by: .union, threads: $0) }
    #expect(links[0] == links[1] && links[0].count == 595)
  }

  @Test func nothingIsLinkedWithoutWordsOrInPairsThatAreTooLong() {
    let long = (Array(repeating: UInt32(0), count: 40), Array(repeating: UInt32(0), count: 40))
    let text = pairs([([], [0]), ([0], []), long, ([0, 1], [0, 1]), ([0], [0])])
    var options = AlignerOptions()
    options.maximumCells = 1000
    let links = WordAligner(learningFrom: text, options: options, threads: 2)
      .links(of: text, in: 0..<5, by: .union, threads: 1)
    #expect(links.map(\.isEmpty) == [true, true, true, false, false])
    #expect(WordAligner(learningFrom: SentencePairs(), threads: 1).table.count == 0)
  }

  @Test func aLongTextIsLearnedFromInPart() {
    let text = SyntheticText(pairs: 1000, words: 50, seed: 4)
    var options = AlignerOptions()
    options.learningCells = 20_000
    var used = 0
    let aligner = WordAligner(learningFrom: text.pairs, options: options, threads: 2) { used = $0.pairs }
    #expect(used > 100 && used < 500)
    #expect(text.errorRate(aligner, .growDiagFinalAnd) < 0.05)
  }

  @Test func theTensionOfTheTextIsFound() {
    // Links drawn from the prior itself: the mean distance of the best tension is theirs.
    let prior = DiagonalPrior(tension: 6)
    for (n, m) in [(1, 1), (7, 3), (3, 7), (12, 12)] {
      for j in 0..<m {
        var row = [Float](repeating: -1, count: n)
        prior.fill(&row, count: n, place: j, length: m)
        let weights = (0..<n).map { exp(-6 * abs(Double(j + 1) / Double(m) - Double($0 + 1) / Double(n))) }
        let sum = weights.reduce(0, +)
        for i in 0..<n { #expect(abs(Double(row[i]) - weights[i] / sum) < 1e-5) }
        let mean = (0..<n).reduce(0.0) {
          $0 + weights[$1] / sum * abs(Double(j + 1) / Double(m) - Double($1 + 1) / Double(n))
        }
        #expect(abs(prior.meanDistance(count: n, place: j, length: m) - mean) < 1e-12)
      }
    }
  }

  @Test func digammaHasItsKnownValues() {
    // Abramowitz and Stegun, 6.3.2 and 6.3.3.
    #expect(abs(digamma(1) + 0.577215664901) < 1e-8)
    #expect(abs(digamma(0.5) + 1.963510026021) < 1e-8)
    #expect(abs(digamma(0.01) + 100.560885457869) < 1e-8)
    #expect(abs(digamma(100) - 4.600161852738) < 1e-8)
  }
}
