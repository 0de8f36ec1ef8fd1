internal import Autodiff
internal import Tensors
internal import Tokens

extension Transformer {
  /// The loss of a decoder that reads the stretched source, over every token or, with glancing, over those not shown.
  func lengthLoss(_ batch: NonautoregressiveBatch, _ decoder: NonautoregressiveDecoder, on tape: Tape)
    -> LossSum
  {
    let ends = decoder.configuration.ending == .endToken
    let targets = ends ? batch.targets.map { $0 + [configuration.specialTokens.end] } : batch.targets
    let inputs = decoder.stretched(
      batch.source,
      batch.targets.enumerated().map { index, target in
        let source = batch.source.sentences[index].count
        return (index, decoder.configuration.positions(source: source, target: target.count + 1))
      })
    // If the end is a token, the rows after it have no target.
    let rows = zip(inputs.sentences, targets).flatMap { $0.prefix($1.count) }
    let tokens = targets.flatMap { $0 }
    var x = decoder.sourceEmbeddings(inputs.ids, positions: inputs.positions, on: tape)
    var isShown = Array(repeating: false, count: rows.count)
    if batch.glancing > 0, tape.mode == .training {
      let draft = firstDraft(inputs, batch, decoder, on: tape)
      isShown = glances(rows: rows, draft: draft, targets: targets, share: batch.glancing, on: tape)
      let shown = rows.indices.filter { isShown[$0] }.map { ShownToken(row: rows[$0], token: tokens[$0]) }
      x = show(shown, in: x, embeddings: decoder.embeddings, positions: inputs.positions, on: tape)
    }
    let hidden = decoder(
      x, inputs.drafts, over: batch.encoded, source: batch.source, layerDrop: batch.layerDrop, on: tape)
    let left = rows.indices.filter { !isShown[$0] }
    return crossEntropy(
      hidden, rows: left.map { rows[$0] }, tokens: left.map { tokens[$0] }, smoothing: batch.labelSmoothing,
      on: tape)
  }

  /// The most probable token of every row if nothing is shown, as in translation.
  private func firstDraft(
    _ inputs: PackedTokens, _ batch: NonautoregressiveBatch, _ decoder: NonautoregressiveDecoder,
    on tape: Tape
  ) -> [TokenID] {
    tape.withoutRecording { tape in
      let x = decoder.sourceEmbeddings(inputs.ids, positions: inputs.positions, on: tape)
      let hidden = decoder(x, inputs.drafts, over: batch.encoded, source: batch.source, on: tape)
      return bestTokens(hidden, on: tape)
    }
  }

  /// The targets that are shown: a random choice in each sentence, as many as a fraction of its draft's errors.
  ///
  /// Source: Qian et al. 2021, section 3.1.
  private func glances(
    rows: [Int], draft: [TokenID], targets: [[TokenID]], share: Float, on tape: Tape
  ) -> [Bool] {
    var random = RandomSource(tape.randomKey())
    var first = 0
    return targets.flatMap { target in
      defer { first += target.count }
      let errors = target.indices.count { draft[rows[first + $0]] != target[$0] }
      return randomChoice(
        of: Int((share * Float(errors)).rounded()), outOf: target.count, using: &random)
    }
  }
}

extension NonautoregressiveDecoder {
  /// The source's tokens without `</s>`, stretched or shrunk evenly.
  ///
  /// Source: Gu et al. 2018, section 3.2, where inputs are copied uniformly.
  ///
  /// - Parameters:
  ///   - source: the encoder's input.
  ///   - drafts: sentences by index, each with the number of tokens wanted.
  /// - Returns: a sentence for each draft.
  func stretched(_ source: PackedTokens, _ drafts: [(sentence: Int, length: Int)]) -> PackedTokens {
    PackedTokens(
      drafts.map { sentence, length in
        let rows = source.sentences[sentence]
        // A blank source has only its end token.
        let words = rows.count > 1 ? rows.dropLast() : rows
        return (0..<length).map { source.ids[words.lowerBound + $0 * words.count / length] }
      })
  }
}
