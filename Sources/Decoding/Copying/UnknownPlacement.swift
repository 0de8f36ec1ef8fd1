import Tokens

/// Decides which unknown word of the source each `<unk>` of a translation stands for.
///
/// Most translations have their unknown words in the order of the source. Where the attention clearly says otherwise,
/// each `<unk>` gets the word that it looked at.
///
/// Source: Luong et al. 2015, "Addressing the Rare Word Problem in Neural Machine Translation", section 3, for copying
/// what an unknown word is aligned with.
package enum UnknownPlacement {
  /// How much more attention than the order of the source another order must have.
  static let margin: Float = 1.5
  /// Most unknown words for which all orders are compared.
  private static let comparedWords = 6

  /// The index of the unknown word for each `<unk>`.
  ///
  /// - Parameter weights: for each `<unk>`, its attention to each unknown word of the source, in order.
  /// - Returns: different indices, one for each `<unk>`; 0, 1, 2, … if the attention does not clearly say otherwise.
  /// - Precondition: there are at most as many `<unk>`s as unknown words.
  package static func indices(_ weights: [[Float]]) -> [Int] {
    let ordered = Array(weights.indices)
    guard let words = weights.first?.count, words > 1, words <= comparedWords else { return ordered }
    precondition(weights.count <= words, "\(weights.count) <unk>s for \(words) unknown words")
    var best = (indices: ordered, total: margin * total(weights, ordered))
    forEachChoice(of: weights.count, from: words) { indices in
      let total = total(weights, indices)
      if total > best.total { best = (indices, total) }
    }
    return best.indices
  }

  private static func total(_ weights: [[Float]], _ indices: [Int]) -> Float {
    zip(weights, indices).reduce(0) { $0 + $1.0[$1.1] }
  }

  /// Calls `visit` with all ordered choices of `count` different numbers below `limit`.
  private static func forEachChoice(of count: Int, from limit: Int, _ visit: ([Int]) -> Void) {
    func extend(_ chosen: [Int]) {
      guard chosen.count < count else { return visit(chosen) }
      for next in 0..<limit where !chosen.contains(next) { extend(chosen + [next]) }
    }
    extend([])
  }
}
