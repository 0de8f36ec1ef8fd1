internal import Autodiff
package import Tensors
internal import Tokens

extension Transformer {
  /// The loss of mask-predict: a random number of each target's tokens, from one to all, is masked and predicted.
  ///
  /// Outside of training all are masked, as in the first iteration of a search.
  ///
  /// Source: Ghazvininejad et al. 2019, section 2.2.
  func maskPredictLoss(_ batch: NonautoregressiveBatch, _ decoder: NonautoregressiveDecoder, on tape: Tape)
    -> LossSum
  {
    var random = RandomSource(tape.randomKey())
    let masks = batch.targets.map { target in
      tape.mode == .training
        ? randomMask(count: target.count, using: &random) : Array(repeating: true, count: target.count)
    }
    let inputs = PackedTokens(
      zip(batch.targets, masks).map { target, mask in
        zip(target, mask).map { $1 ? configuration.specialTokens.mask : $0 }
      })
    let hidden = decoder(
      decoder.embeddings(inputs.ids, positions: inputs.positions, on: tape), inputs.drafts,
      over: batch.encoded, source: batch.source, layerDrop: batch.layerDrop, on: tape)
    let masked = masks.flatMap { $0 }
    let rows = masked.indices.filter { masked[$0] }
    let tokens = batch.targets.flatMap { $0 }
    return crossEntropy(
      hidden, rows: rows, tokens: rows.map { tokens[$0] }, smoothing: batch.labelSmoothing, on: tape)
  }
}

/// A random mask of `count` tokens: their number is drawn uniformly from one to all, then which.
///
/// - Parameters:
///   - count: the number of a target's tokens.
///   - random: advanced.
/// - Returns: a flag for each token.
package func randomMask(count: Int, using random: inout RandomSource) -> [Bool] {
  guard count > 0 else { return [] }
  let masked = Int.random(in: 1...count, using: &random)
  return randomChoice(of: masked, outOf: count, using: &random)
}

/// A choice of `chosen` numbers below `count`, all choices equally likely.
///
/// Source: Knuth, "The Art of Computer Programming", volume 2, section 3.4.2, algorithm S.
///
/// - Returns: a flag for each number.
package func randomChoice(of chosen: Int, outOf count: Int, using random: inout RandomSource) -> [Bool] {
  var wanted = chosen
  return (0..<count).map { index in
    guard Int.random(in: 0..<count - index, using: &random) < wanted else { return false }
    wanted -= 1
    return true
  }
}
