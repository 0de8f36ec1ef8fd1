internal import Autodiff
internal import Layers
internal import Tensors
public import Tokens

/// Predictions of the non-autoregressive decoder.
///
/// The search chooses the input at the positions and how often they are predicted; see ``NonautoregressiveMethod`` for
/// the input that a decoder is trained with.
///
/// - Precondition: the model has such a decoder, with the method that is named.
extension SourceEncoding {
  /// Receives the scores of one position of a draft: logits, shape `[targetVocabularySize]`.
  public typealias Visitor = (_ draft: Int, _ position: Int, _ scores: Span<Float>) -> Void

  /// The log-probabilities of the lengths of translations.
  ///
  /// - Returns: for each sentence the lengths that the predictor knows, without `</s>`, and their log-probabilities.
  ///   Lengths beyond the model's limit are left out, and so is 0 unless the source is empty. NaN if the scores are not
  ///   finite.
  public func lengthLogProbabilities() -> [[(length: Int, logProbability: Double)]] {
    guard let predictor = decoder.lengthPredictor else {
      preconditionFailure("the model does not predict lengths")
    }
    scratch.reset()
    let scores = predictor.scores(encoded, source: source, on: scratch)
    return zip(scores, source.sentences).map { scores, rows in
      let normalizer = scores.span.logSumExp() ?? .nan
      return scores.enumerated().compactMap { index, score in
        let length = rows.count - 1 + index - predictor.limit
        // A translation without tokens has no improbable token and would win.
        let least = rows.count > 1 ? 1 : 0
        guard least..<model.architecture.configuration.maxPositions ~= length else { return nil }
        return (length, Double(score) - normalizer)
      }
    }
  }

  /// Predicts the masked tokens of drafts, with ``NonautoregressiveMethod/maskPredict``.
  ///
  /// - Parameters:
  ///   - drafts: sentences by index, each with tokens, some of which are ``Tokens/SpecialTokens/mask``.
  ///   - visit: called for every masked position of every draft, in order.
  public func predict(_ drafts: [(sentence: Int, tokens: [TokenID])], _ visit: Visitor) {
    // Known tokens do not need the output layer, and drafts without masks nothing at all.
    let mask = model.architecture.configuration.specialTokens.mask
    let asked = drafts.indices.filter { drafts[$0].tokens.contains(mask) }
    let inputs = PackedTokens(asked.map { drafts[$0].tokens })
    predict(
      inputs, sentences: asked.map { drafts[$0].sentence },
      rows: inputs.ids.indices.filter { inputs.ids[$0] == mask }, embeddings: decoder.embeddings
    ) { visit(asked[$0], $1, $2) }
  }

  /// Predicts translations of given lengths from the stretched source, with ``NonautoregressiveMethod/length``.
  ///
  /// - Parameters:
  ///   - drafts: sentences by index, each with the number of tokens to predict.
  ///   - visit: called for every position of every draft, in order.
  public func predict(stretched drafts: [(sentence: Int, length: Int)], _ visit: Visitor) {
    let inputs = decoder.stretched(source, drafts)
    predict(
      inputs, sentences: drafts.map(\.sentence), rows: Array(inputs.ids.indices),
      embeddings: decoder.sourceEmbeddings, visit)
  }

  /// The greatest length of each translation, with ``LengthEnding/endToken``.
  public var greatestLengths: [Int] {
    source.sentences.map {
      min(
        decoder.configuration.longestTarget(source: $0.count), model.architecture.configuration.maxPositions)
    }
  }

  /// Predicts a token or the blank for every position of the upsampled sources, with ``NonautoregressiveMethod/ctc``.
  ///
  /// - Parameters:
  ///   - isWanted: whether the logits of a sentence are needed.
  ///   - visit: receives each such sentence's logits in order, shape `[positions, targetVocabularySize]`, and may
  ///     change them.
  public func predictUpsampled(
    where isWanted: (_ sentence: Int) -> Bool = { _ in true },
    _ visit: (_ sentence: Int, _ scores: inout [Float]) -> Void
  ) {
    let (hidden, sentences) = decodeUpsampled()
    var scores: [Float] = []
    for (sentence, rows) in sentences.enumerated() where isWanted(sentence) {
      model.architecture.project(hidden, rows: rows, into: &scores, on: scratch)
      visit(sentence, &scores)
    }
  }

  /// The most probable token or blank of every position of the upsampled sources, with
  /// ``NonautoregressiveMethod/ctc``.
  ///
  /// The same as the greatest of ``predictUpsampled(where:_:)``'s logits, for less work.
  ///
  /// - Parameter forbidden: for each sentence the special tokens that are excluded.
  /// - Returns: for each sentence the symbols in order, the first of equals; nil if the greatest logit is not finite.
  public func bestUpsampledSymbols(excluding forbidden: [[TokenID]]) -> [[TokenID?]] {
    let (hidden, sentences) = decodeUpsampled()
    let excluded = zip(sentences, forbidden).flatMap { Array(repeating: $1, count: $0.count) }
    let best = model.architecture.bestTokens(hidden, excluding: excluded, on: scratch)
    return sentences.map { Array(best[$0]) }
  }

  /// The decoder's output over the upsampled sources, and the rows of each sentence.
  private func decodeUpsampled() -> (hidden: Tensor, sentences: [Range<Int>]) {
    scratch.reset()
    let positions = decoder.upsampledPositions(source)
    let x = decoder.embeddings.addPositions(
      to: decoder.upsample(encoded, on: scratch), positions: positions.positions, on: scratch)
    return (decoder(x, positions.drafts, over: encoded, source: source, on: scratch), positions.sentences)
  }

  /// Visits the logits of some rows of drafts.
  private func predict(
    _ inputs: PackedTokens, sentences: [Int], rows: [Int], embeddings: Embeddings, _ visit: Visitor
  ) {
    guard !rows.isEmpty else { return }
    scratch.reset()
    let drafts = zip(inputs.sentences, sentences).map { Draft(rows: $0, sentence: $1) }
    let x = embeddings(inputs.ids, positions: inputs.positions, on: scratch)
    let hidden = decoder(x, drafts, over: encoded, source: source, on: scratch)
    let wanted = rows.count == hidden.shape.rows ? hidden : scratch.selectRows(rows, of: [hidden])
    var draft = 0
    model.architecture.forEachRow(of: wanted, on: scratch) { index, scores in
      while rows[index] >= inputs.sentences[draft].upperBound { draft += 1 }
      visit(draft, rows[index] - inputs.sentences[draft].lowerBound, scores)
    }
  }

  private var decoder: NonautoregressiveDecoder {
    guard let decoder = model.architecture.nonautoregressive else {
      preconditionFailure("the model has no non-autoregressive decoder")
    }
    return decoder
  }
}
