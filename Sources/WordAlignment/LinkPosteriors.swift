internal import Foundation

/// The posterior probabilities of the links of one sentence pair, in both directions.
///
/// Each word of the predicted sentence is linked to one word of the other, or to none.
struct LinkPosteriors {
  /// One direction.
  struct Direction {
    /// Number of words of the given sentence.
    var given = 0
    /// Number of words of the predicted sentence.
    var predicted = 0
    /// Of each predicted word with each given one, `[predicted, given]`: first how probable the word is, given the other;
    /// after ``LinkPosteriors/Direction/infer(_:null:)``, the probability of the link.
    var links: [Float] = []
    /// The same for words that are linked to nothing.
    var null: [Float] = []
    /// The natural logarithm of the predicted sentence's probability.
    var likelihood = 0.0
    private var prior: [Float] = []

    mutating func resize(given: Int, predicted: Int) {
      (self.given, self.predicted) = (given, predicted)
      grow(&links, to: given * predicted)
      grow(&null, to: predicted)
      grow(&prior, to: given)
    }

    /// Turns translation probabilities into probabilities of links.
    ///
    /// - Parameters:
    ///   - diagonal: the prior of links between words.
    ///   - share: the prior probability of a link to nothing.
    mutating func infer(_ diagonal: DiagonalPrior, null share: Float) {
      likelihood = 0
      for place in 0..<predicted {
        diagonal.fill(&prior, count: given, place: place, length: predicted)
        let start = place * given
        var sum = share * null[place]
        null[place] = sum
        for index in 0..<given {
          let weight = (1 - share) * prior[index] * links[start + index]
          links[start + index] = weight
          sum += weight
        }
        let scale = 1 / sum
        null[place] *= scale
        for index in start..<start + given { links[index] *= scale }
        likelihood += log(Double(sum))
      }
    }

    /// The most probable link of each predicted word: an index of the given sentence, or nil for none.
    func best(_ place: Int) -> Int? {
      var (best, probability): (Int?, Float) = (nil, null[place])
      for index in 0..<given where links[place * given + index] > probability {
        (best, probability) = (index, links[place * given + index])
      }
      return best
    }
  }

  /// Target words, given source words.
  var forward = Direction()
  /// Source words, given target words.
  var reverse = Direction()
  /// The slot of each pair of words in the table, `[source, target]`.
  var slots: [Int] = []

  /// Finds the links of a pair.
  ///
  /// - Precondition: neither sentence is empty.
  mutating func infer(_ pairs: SentencePairs, _ index: Int, _ model: WordAligner) {
    let (sources, targets) = (pairs.sourceRange(index), pairs.targetRange(index))
    let (n, m) = (sources.count, targets.count)
    forward.resize(given: n, predicted: m)
    reverse.resize(given: m, predicted: n)
    grow(&slots, to: n * m)
    for j in 0..<m { forward.null[j] = model.forward.nullProbability(pairs.targets[targets.lowerBound + j]) }
    for i in 0..<n {
      let source = pairs.sources[sources.lowerBound + i]
      reverse.null[i] = model.reverse.nullProbability(source)
      for j in 0..<m {
        let slot = model.table.slot(source, pairs.targets[targets.lowerBound + j])
        let entry = model.table.slots[slot]
        slots[i * m + j] = slot
        // A pair that was not learned from is as improbable as can be.
        forward.links[j * n + i] = entry.isFree ? leastProbability : entry.forward
        reverse.links[i * m + j] = entry.isFree ? leastProbability : entry.reverse
      }
    }
    forward.infer(DiagonalPrior(tension: model.forward.tension), null: model.options.nullProbability)
    reverse.infer(DiagonalPrior(tension: model.reverse.tension), null: model.options.nullProbability)
  }

  /// Adds the links to counts.
  func count(
    _ pairs: SentencePairs, _ index: Int, _ size: SentenceSizes.Size, in counts: inout ExpectedCounts
  ) {
    let (n, m) = (size.source, size.target)
    for i in 0..<n {
      for j in 0..<m {
        let slot = 2 * slots[i * m + j]
        counts.links[slot] &+= Int64(forward.links[j * n + i] * ExpectedCounts.unit)
        counts.links[slot + 1] &+= Int64(reverse.links[i * m + j] * ExpectedCounts.unit)
      }
    }
    forward.count(pairs.targets, pairs.targetRange(index), size.targetPlace, in: &counts.forward)
    reverse.count(pairs.sources, pairs.sourceRange(index), size.sourcePlace, in: &counts.reverse)
  }
}

extension LinkPosteriors.Direction {
  /// Adds what does not depend on the words of the given sentence.
  fileprivate func count(
    _ words: [UInt32], _ range: Range<Int>, _ firstPlace: Int, in counts: inout ExpectedCounts.Direction
  ) {
    for place in 0..<predicted {
      let null = null[place]
      counts.null[Int(words[range.lowerBound + place])] &+= Int64(null * ExpectedCounts.unit)
      counts.linked[firstPlace + place] &+= Int64((1 - null) * ExpectedCounts.unit)
      var distance: Float = 0
      let (own, step) = (Float(place + 1) / Float(predicted), 1 / Float(given))
      for index in 0..<given {
        distance += links[place * given + index] * abs(own - Float(index + 1) * step)
      }
      counts.distance &+= Int64(distance * ExpectedCounts.unit)
    }
    counts.likelihood &+= Int64((likelihood * Double(1 << 20)).rounded())
  }
}

/// The probability of a translation that is practically excluded; large enough that products with it are not 0.
let leastProbability: Float = 1e-30

private func grow(_ array: inout [Float], to count: Int) {
  if array.count < count { array += [Float](repeating: 0, count: count - array.count) }
}

private func grow(_ array: inout [Int], to count: Int) {
  if array.count < count { array += [Int](repeating: 0, count: count - array.count) }
}
