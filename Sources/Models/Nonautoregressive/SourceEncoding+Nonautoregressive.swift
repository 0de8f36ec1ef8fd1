internal import Autodiff
internal import Layers
internal import Tensors
public import Tokens

/// What the decoder that predicts all tokens at once makes of a source.
///
/// What stands at the positions and how often they are predicted is the search's choice; see
/// ``NonautoregressiveMethod`` for what a decoder was trained on.
///
/// - Precondition: for everything here, that the model has such a decoder, of the method that is named.
extension SourceEncoding {
  /// Takes the scores of one position of a draft: logits, shape `[targetVocabularySize]`.
  public typealias Visitor = (_ draft: Int, _ position: Int, _ scores: Span<Float>) -> Void

  /// How probable lengths of a translation are.
  ///
  /// - Returns: for each sentence the lengths, `</s>` not counted, that the predictor knows, with their
  ///   log-probabilities; those that are longer than the model can write left out, and nothing as the translation of
  ///   something. NaN where the model is damaged.
  public func lengthLogProbabilities() -> [[(length: Int, logProbability: Double)]] {
    guard let predictor = decoder.lengthPredictor else { preconditionFailure("lengths are not predicted") }
    scratch.reset()
    let scores = predictor.scores(encoded, source: source, on: scratch)
    return zip(scores, source.sentences).map { scores, rows in
      let normalizer = scores.span.logSumExp() ?? .nan
      return scores.enumerated().compactMap { index, score in
        let length = rows.count - 1 + index - predictor.limit
        // A translation without tokens has no improbable one, and would win.
        let least = rows.count > 1 ? 1 : 0
        guard least..<model.architecture.configuration.maxPositions ~= length else { return nil }
        return (length, Double(score) - normalizer)
      }
    }
  }

  /// Predicts what is masked of drafts, with ``NonautoregressiveMethod/maskPredict``.
  ///
  /// - Parameters:
  ///   - drafts: sentences by number, each with tokens, of which some are ``Tokens/SpecialTokens/mask``.
  ///   - visit: called for every masked position of every draft, in order.
  public func predict(_ drafts: [(sentence: Int, tokens: [TokenID])], _ visit: Visitor) {
    // What is known costs no output layer, and a draft of which all is known nothing.
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
  ///   - drafts: sentences by number, each with the number of tokens wanted.
  ///   - visit: called for every position of every draft, in order.
  public func predict(stretched drafts: [(sentence: Int, length: Int)], _ visit: Visitor) {
    let inputs = decoder.stretched(source, drafts)
    predict(
      inputs, sentences: drafts.map(\.sentence), rows: Array(inputs.ids.indices),
      embeddings: decoder.sourceEmbeddings, visit)
  }

  /// Tokens that a translation may have where the model fills all positions, with ``LengthEnding/endToken``.
  public var greatestLengths: [Int] {
    source.sentences.map {
      min(
        decoder.configuration.longestTarget(source: $0.count), model.architecture.configuration.maxPositions)
    }
  }

  /// Predicts a token or the blank for every position of the upsampled sources, with ``NonautoregressiveMethod/ctc``.
  ///
  /// - Parameters:
  ///   - isWanted: which sentences' logits are wanted.
  ///   - visit: takes each such sentence's logits in order, shape `[positions, targetVocabularySize]`, and may change
  ///     them.
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
  /// - Parameter forbidden: for each sentence the special tokens that are passed over.
  /// - Returns: for each sentence the symbols in order, of equally probable ones the first; nil where the greatest
  ///   logit is not finite.
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
    let x = decoder.embeddings.place(
      decoder.upsample(encoded, on: scratch), positions: positions.positions, on: scratch)
    return (decoder(x, positions.drafts, over: encoded, source: source, on: scratch), positions.sentences)
  }

  /// Visits some rows of drafts, by number.
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
      preconditionFailure("no decoder predicts all tokens at once")
    }
    return decoder
  }
}
