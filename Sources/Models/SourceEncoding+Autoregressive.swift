internal import Autodiff
internal import Tensors
public import Tokens

/// Predictions of the autoregressive decoder.
extension SourceEncoding {
  /// The log-probabilities of given translations by teacher forcing, in one pass.
  ///
  /// - Parameter targets: translations that end in `</s>`, each with the index of its source sentence, in any order.
  /// - Returns: for each target the log-probability of each of its tokens; NaN if the model's scores are not finite.
  /// - Precondition: the model has an autoregressive decoder.
  public func logProbabilities(_ targets: [(sentence: Int, tokens: [TokenID])]) -> [[Float]] {
    guard !targets.isEmpty else { return [] }
    let tokens = targets.flatMap(\.tokens)
    var result: [Float] = []
    result.reserveCapacity(tokens.count)
    forEachPrediction(of: targets) { row, scores in
      let normalizer = scores.logSumExp() ?? .nan
      result.append(Float(Double(scores[Int(tokens[row])]) - normalizer))
    }
    var rest = result[...]
    return targets.map { target in
      defer { rest = rest.dropFirst(target.tokens.count) }
      return Array(rest.prefix(target.tokens.count))
    }
  }

  /// Begins a search.
  ///
  /// - Parameter sentences: the indices of the sentences to translate.
  /// - Returns: a state before its first step, with one hypothesis for each of them, in order.
  /// - Precondition: the model has an autoregressive decoder.
  public func start(_ sentences: [Int]) -> DecodingState {
    let scratch = model.makeTape()
    let isWhole = sentences.elementsEqual(source.sentences.indices)
    let rows = sentences.map { source.sentences[$0] }
    let chosen = isWhole ? encoded : scratch.selectRows(rows.flatMap { Array($0) }, of: [encoded])
    var places: [Range<Int>] = []
    for row in rows {
      places.append((places.last?.upperBound ?? 0)..<(places.last?.upperBound ?? 0) + row.count)
    }
    return DecodingState(
      model.architecture, encoded: chosen, sourceRows: places, memory: model.makeTape(), scratch: scratch)
  }

  /// Calls `visit` with the logits of every target token, in order.
  private func forEachPrediction(
    of targets: [(sentence: Int, tokens: [TokenID])],
    _ visit: (_ row: Int, _ scores: Span<Float>) -> Void
  ) {
    guard let decoder = model.architecture.decoder else {
      preconditionFailure("the model has no autoregressive decoder")
    }
    scratch.reset()
    let inputs = PackedTokens.decoderInput(
      TokenBatch(targets.map(\.tokens)), beginning: model.architecture.configuration.specialTokens.beginning)
    let sources = targets.map { source.sentences[$0.sentence] }
    let hidden = decoder(inputs, over: encoded, sources: sources, on: scratch).hidden
    model.architecture.forEachRow(of: hidden, on: scratch, visit)
  }
}
