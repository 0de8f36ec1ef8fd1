internal import Autodiff
internal import Layers
internal import Tensors
internal import Tokens

extension Transformer {
  /// The loss of a decoder over the upsampled encoder output: connectionist temporal classification.
  ///
  /// Sources: Libovický and Helcl 2018; Saharia et al. 2020, "Non-Autoregressive Machine Translation with Latent
  /// Alignments", section 3.
  func ctcLoss(_ batch: NonautoregressiveBatch, _ decoder: NonautoregressiveDecoder, on tape: Tape) -> LossSum
  {
    let positions = decoder.upsampledPositions(batch.source)
    let targets = zip(positions.sentences, batch.targets).map { CTCTarget(rows: $0, labels: $1) }
    var x = decoder.upsample(batch.encoded, on: tape)
    if batch.glancing > 0, tape.mode == .training {
      x = show(
        glances(targets, positions, batch, decoder, on: tape), in: x, embeddings: decoder.embeddings, on: tape
      )
    }
    let hidden = decoder(
      decoder.embeddings.addPositions(to: x, positions: positions.positions, on: tape), positions.drafts,
      over: batch.encoded, source: batch.source, layerDrop: batch.layerDrop, on: tape)
    return tape.ctcLoss(
      hidden, weight: output, bias: outputBias, targets: targets, blank: configuration.specialTokens.blank,
      smoothing: batch.labelSmoothing)
  }

  /// The rows that are shown the best alignment of the target: a random choice in each sentence, as many as a fraction
  /// of the rows that the first draft predicts differently.
  ///
  /// Source: Qian et al. 2021, section 3.1, with an alignment in place of the target, as in its appendix.
  private func glances(
    _ targets: [CTCTarget], _ positions: PackedTokens, _ batch: NonautoregressiveBatch,
    _ decoder: NonautoregressiveDecoder, on tape: Tape
  ) -> [ShownToken] {
    let drafts = tape.withoutRecording { tape in
      let x = decoder.embeddings.addPositions(
        to: decoder.upsample(batch.encoded, on: tape), positions: positions.positions, on: tape)
      let hidden = decoder(x, positions.drafts, over: batch.encoded, source: batch.source, on: tape)
      return tape.ctcGlances(
        hidden, weight: output, bias: outputBias, targets: targets, blank: configuration.specialTokens.blank)
    }
    var random = RandomSource(tape.randomKey())
    return zip(targets, drafts).flatMap { target, glance -> [ShownToken] in
      guard let glance else { return [] }
      let path = glance.alignment.path
      let shown = randomChoice(
        of: Int((batch.glancing * Float(glance.mismatches)).rounded()), outOf: path.count,
        using: &random)
      return path.indices.filter { shown[$0] }.map {
        ShownToken(row: target.rows.lowerBound + $0, token: path[$0])
      }
    }
  }
}

extension NonautoregressiveDecoder {
  /// Rows of the upsampled encoder output, sentence by sentence; the tokens are placeholders.
  func upsampledPositions(_ source: PackedTokens) -> PackedTokens {
    PackedTokens(
      source.sentences.map {
        Array(repeating: TokenBatch.padding, count: configuration.positions(source: $0.count, target: 0))
      })
  }

  /// The encoder's output, with several rows for every token.
  ///
  /// Source: Libovický and Helcl 2018, section 3.1, "state splitting".
  ///
  /// - Parameters:
  ///   - encoded: shape `[rows, size]`.
  ///   - tape: records the operations.
  /// - Returns: shape `[upsampling · rows, size]`.
  func upsample(_ encoded: Tensor, on tape: Tape) -> Tensor {
    guard let upsampling else { preconditionFailure("upsample: a decoder with another method") }
    let (rows, size) = (encoded.shape.rows, encoded.shape.columns)
    return upsampling(encoded, on: tape).reshaped([configuration.upsampling * rows, size])
  }
}
