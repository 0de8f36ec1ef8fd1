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
      result.append(scores.logProbability(of: Int(tokens[row])))
    }
    return result.parts(targets.map(\.tokens.count))
  }

  /// The same for a search that predicts only some tokens.
  ///
  /// - Parameters:
  ///   - targets: translations that end in `</s>`, each with the index of its source sentence; places in its list.
  ///   - lists: for each target the tokens that can be predicted.
  /// - Returns: for each target the log-probability of each of its tokens; NaN if the model's scores are not finite.
  package func logProbabilities(
    _ targets: [(sentence: Int, places: [Int])], among lists: [[TokenID]]
  ) -> [[Float]] {
    guard !targets.isEmpty else { return [] }
    let hidden = forcedOutput(
      zip(targets, lists).map { target, list in (target.sentence, target.places.map { list[$0] }) })
    var (result, logits, first): ([Float], [Float], Int) = ([], [], 0)
    for (target, list) in zip(targets, lists) {
      let weights = scratch.gatherRows(
        of: model.architecture.output, bias: model.architecture.outputBias, rows: list)
      let rows = Array(first..<first + target.places.count)
      scratch.project(scratch.selectRows(rows, of: [hidden]), weights: weights, into: &logits)
      for (row, place) in target.places.enumerated() {
        let scores = logits.span.extracting(row * list.count..<(row + 1) * list.count)
        result.append(scores.logProbability(of: place))
      }
      first += target.places.count
    }
    return result.parts(targets.map(\.places.count))
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
    let hidden = forcedOutput(targets)
    model.architecture.forEachRow(of: hidden, on: scratch, visit)
  }

  /// The decoder's output before each target token, shape `[tokens, size]`, in the memory of ``scratch``.
  private func forcedOutput(_ targets: [(sentence: Int, tokens: [TokenID])]) -> Tensor {
    guard let decoder = model.architecture.decoder else {
      preconditionFailure("the model has no autoregressive decoder")
    }
    scratch.reset()
    let inputs = PackedTokens.decoderInput(
      TokenBatch(targets.map(\.tokens)), beginning: model.architecture.configuration.specialTokens.beginning)
    let sources = targets.map { source.sentences[$0.sentence] }
    return decoder(inputs, over: encoded, sources: sources, on: scratch).hidden
  }
}

extension Span where Element == Float {
  /// The log-probability of a token by these logits; NaN if they are no distribution.
  fileprivate func logProbability(of token: Int) -> Float {
    Float(Double(self[token]) - (logSumExp() ?? .nan))
  }
}

extension [Float] {
  /// Consecutive parts of these lengths.
  fileprivate func parts(_ lengths: [Int]) -> [[Float]] {
    var rest = self[...]
    return lengths.map { length in
      defer { rest = rest.dropFirst(length) }
      return Array(rest.prefix(length))
    }
  }
}
