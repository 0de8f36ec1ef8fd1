internal import Autodiff
internal import Tensors
public import Text

extension TrainedTransformer {
  /// How probable given translations are, by teacher forcing: all their tokens in one pass.
  ///
  /// - Parameters:
  ///   - source: sentences that end in `</s>`.
  ///   - targets: translations that end in `</s>`, each of a sentence by its number, in any order.
  /// - Returns: for each target the log-probability of each of its tokens; not a number where the model's scores are
  ///   none.
  /// - Precondition: the model has a decoder that predicts token by token.
  public func logProbabilities(
    source: TokenBatch, targets: [(sentence: Int, tokens: [TokenID])]
  ) -> [[Float]] {
    guard !targets.isEmpty else { return [] }
    let tokens = targets.flatMap(\.tokens)
    var result: [Float] = []
    result.reserveCapacity(tokens.count)
    forEachPrediction(source: source, targets: targets) { row, scores in
      let normaliser = scores.logSumExp() ?? .nan
      result.append(Float(Double(scores[Int(tokens[row])]) - normaliser))
    }
    var rest = result[...]
    return targets.map { target in
      defer { rest = rest.dropFirst(target.tokens.count) }
      return Array(rest.prefix(target.tokens.count))
    }
  }

  /// Calls `visit` with the logits of every target token, in order.
  private func forEachPrediction(
    source: TokenBatch, targets: [(sentence: Int, tokens: [TokenID])],
    _ visit: (_ row: Int, _ scores: Span<Float>) -> Void
  ) {
    guard let decoder = architecture.decoder else {
      preconditionFailure("no decoder predicts token by token")
    }
    let tape = makeTape()
    let packed = PackedTokens(source)
    let encoded = architecture.encoder(packed, on: tape)
    let inputs = PackedTokens.decoderInput(TokenBatch(targets.map(\.tokens)))
    let sources = targets.map { packed.sentences[$0.sentence] }
    let hidden = decoder(inputs, over: encoded, sources: sources, on: tape)
    architecture.forEachRow(of: hidden, on: tape, visit)
  }
}
