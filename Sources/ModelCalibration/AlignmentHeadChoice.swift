internal import Decoding
internal import Machine
package import Models
internal import Text
internal import TextAlignment
package import Tokens
internal import WordAlignment

/// How well the heads of a model's attention over the source align words.
///
/// A head is measured by the links of a statistical word aligner on which both of its directions agree: the share of linked
/// words of the target to whose source word the head pays most attention.
///
/// Sources: Garg et al. 2019, "Jointly Learning to Align and Translate with Transformer Models", section 3 (one layer aligns
/// best); Zenkel, Wuebker and DeNero 2019, "Adding Interpretable Attention to Neural Translation Models".
package struct AlignmentHeadChoice: Sendable, Equatable {
  /// The best heads.
  package var heads: AlignmentHeads
  /// Their share of right links, from 0 to 1.
  package var share: Double
  /// The share of the heads that were used so far.
  package var shareBefore: Double
  /// The number of links.
  package var links: Int

  /// Whether they are better than those that were used so far.
  package var isBetter: Bool { share > shareBefore }

  /// Where the heads are, for people.
  package var place: String {
    "layer \(heads.layer), head \(heads.heads.map(String.init).joined(separator: ", "))"
  }
}

/// A sentence with its translation, and the words of both that are linked.
package struct LinkedPair: Sendable {
  /// The source as the model reads it.
  package var source: [TokenID]
  /// The translation, without `</s>`.
  package var target: [TokenID]
  /// The number of tokens of each word.
  package var sourceWords: [UInt16]
  package var targetWords: [UInt16]
  package var links: [AlignmentLink]

  /// A pair.
  package init(
    source: [TokenID], target: [TokenID], sourceWords: [UInt16], targetWords: [UInt16], links: [AlignmentLink]
  ) {
    (self.source, self.target, self.links) = (source, target, links)
    (self.sourceWords, self.targetWords) = (sourceWords, targetWords)
  }
}

extension AlignmentHeadChoice {
  /// Measures all heads, and the means of layers; nil if no pair has links.
  ///
  /// - Parameters:
  ///   - model: an autoregressive model.
  ///   - pairs: what they are measured on.
  ///   - threads: number of threads; does not change the result.
  package init?(_ model: TrainedTransformer, _ pairs: [LinkedPair], threads: Int) {
    let total = pairs.reduce(0) { $0 + $1.links.count }
    guard total > 0 else { return nil }
    let configuration = model.architecture.configuration
    // Of similar lengths, since a group takes as long as its longest.
    let sorted = pairs.sorted { $0.target.count < $1.target.count }
    let groups = stride(from: 0, to: sorted.count, by: 32).map { sorted[$0..<min($0 + 32, sorted.count)] }
    func share(_ heads: AlignmentHeads) -> Double {
      let reading = model.aligning(by: heads)
      let right = concurrentMap(groups.count, threads: threads) { reading.rightLinks(of: Array(groups[$0])) }
      return Double(right.reduce(0, +)) / Double(total)
    }
    let all = Array(0..<configuration.heads)
    var best: (heads: AlignmentHeads, share: Double)?
    for layer in 0..<configuration.decoderLayers {
      for heads in all.map({ [$0] }) + [all] {
        let candidate = AlignmentHeads(layer: layer, heads: heads)
        let share = share(candidate)
        if share > best?.share ?? -1 { best = (candidate, share) }
      }
    }
    guard let best else { return nil }
    let before = configuration.alignmentHeads ?? .init(layer: configuration.decoderLayers - 1, heads: all)
    self.init(heads: best.heads, share: best.share, shareBefore: share(before), links: total)
  }
}

extension TrainedTransformer {
  /// How many links of some pairs have the source word that gets most attention.
  fileprivate func rightLinks(of pairs: [LinkedPair]) -> Int {
    var state = start(TokenBatch(pairs.map(\.source)))
    // Nothing is predicted, so the output layer need not be computed.
    state.restrictOutput(to: pairs.map { _ in [specialTokens.end] })
    state.keepAttention()
    var last = pairs.map { _ in specialTokens.beginning }
    var attention: [[[Float]]] = pairs.map { _ in [] }
    var scores: [Float] = []
    for place in 0..<(pairs.map(\.target.count).max() ?? 0) {
      step(last, &state, scores: &scores)
      for (index, row) in (state.attention ?? []).enumerated() { attention[index].append(row) }
      last = pairs.map { place < $0.target.count ? $0.target[place] : specialTokens.end }
    }
    return zip(pairs, attention).reduce(0) { $0 + $1.0.rightLinks($1.1) }
  }
}

extension LinkedPair {
  /// The links whose target word pays most attention to the source word.
  ///
  /// - Parameter attention: of each token of the target, to each of the source.
  /// - Returns: their number.
  fileprivate func rightLinks(_ attention: [[Float]]) -> Int {
    guard attention.count >= target.count else { return 0 }
    let (sources, targets) = (starts(sourceWords), starts(targetWords))
    return links.count { link in
      let (from, to) = (Int(link.source), Int(link.target))
      guard from + 1 < sources.count, to + 1 < targets.count else { return false }
      var shares = [Float](repeating: 0, count: sourceWords.count)
      for row in attention[targets[to]..<targets[to + 1]] {
        for word in shares.indices {
          for token in sources[word]..<sources[word + 1] where token < row.count {
            shares[word] += row[token]
          }
        }
      }
      guard let greatest = shares.max() else { return false }
      return shares.firstIndex(of: greatest) == from
    }
  }

  /// The first token of each word, and the end.
  private func starts(_ lengths: [UInt16]) -> [Int] {
    lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int($1)) }
  }
}
