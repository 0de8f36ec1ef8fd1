internal import Autodiff
internal import Layers
internal import Tensors
public import Text

/// Source sentences after the encoder, for a decoder that predicts all tokens of a translation at once.
///
/// What stands at the positions and how often they are predicted is the search's choice; see
/// ``NonautoregressiveMethod`` for what a decoder was trained on.
public struct EncodedBatch {
  private let architecture: Transformer
  private let decoder: NonautoregressiveDecoder
  private let source: PackedTokens
  private let encoded: Tensor
  /// The encoder's output lies in the memory of one tape; the other is of one prediction alone.
  private let (memory, scratch): (Tape, Tape)

  init(_ architecture: Transformer, source: TokenBatch, memory: Tape, scratch: Tape) {
    guard let decoder = architecture.nonautoregressive else {
      preconditionFailure("no decoder predicts all tokens at once")
    }
    (self.architecture, self.decoder, self.source) = (architecture, decoder, PackedTokens(source))
    (self.memory, self.scratch) = (memory, scratch)
    encoded = architecture.encoder(self.source, on: memory)
  }

  /// Takes the scores of one position of a draft: logits, shape `[targetVocabularySize]`.
  public typealias Visitor = (_ draft: Int, _ position: Int, _ scores: Span<Float>) -> Void

  /// How probable lengths of a translation are.
  ///
  /// - Returns: for each sentence the lengths, `</s>` not counted, that the predictor knows, with their logits; those
  ///   that are longer than the model can write left out, and nothing as the translation of something.
  public func lengthScores() -> [[(length: Int, score: Float)]] {
    guard let predictor = decoder.lengthPredictor else { preconditionFailure("lengths are not predicted") }
    scratch.reset()
    let scores = predictor.scores(encoded, source: source, on: scratch)
    return zip(scores, source.sentences).map { scores, rows in
      scores.enumerated().compactMap { index, score in
        let length = rows.count - 1 + index - predictor.limit
        // A translation without tokens has no improbable one, and would win.
        let least = rows.count > 1 ? 1 : 0
        return least..<architecture.configuration.maxPositions ~= length ? (length, score) : nil
      }
    }
  }

  /// Predicts every position of drafts that are partly masked, with ``NonautoregressiveMethod/maskPredict``.
  ///
  /// - Parameters:
  ///   - drafts: sentences by number, each with tokens, of which some are `SpecialToken.mask`.
  ///   - visit: called for every position of every draft, in order.
  public func predict(_ drafts: [(sentence: Int, tokens: [TokenID])], _ visit: Visitor) {
    let inputs = PackedTokens(drafts.map(\.tokens))
    predict(inputs, sentences: drafts.map(\.sentence), embeddings: decoder.embeddings, visit)
  }

  /// Predicts translations of given lengths from the stretched source, with ``NonautoregressiveMethod/length``.
  ///
  /// - Parameters:
  ///   - drafts: sentences by number, each with the number of tokens wanted.
  ///   - visit: called for every position of every draft, in order.
  public func predict(stretched drafts: [(sentence: Int, length: Int)], _ visit: Visitor) {
    let inputs = decoder.stretched(source, drafts)
    predict(inputs, sentences: drafts.map(\.sentence), embeddings: decoder.sourceEmbeddings, visit)
  }

  /// Tokens that a translation may have where the model fills all positions, with ``LengthEnding/endToken``.
  public var greatestLengths: [Int] {
    source.sentences.map {
      min(decoder.configuration.longestTarget(source: $0.count), architecture.configuration.maxPositions)
    }
  }

  /// Predicts a token or the blank for every position of the upsampled sources, with ``NonautoregressiveMethod/ctc``.
  ///
  /// - Parameter visit: takes each sentence's logits in order, shape `[positions, targetVocabularySize]`, and may
  ///   change them.
  public func predictUpsampled(_ visit: (_ sentence: Int, _ scores: inout [Float]) -> Void) {
    scratch.reset()
    let positions = decoder.upsampledPositions(source)
    let x = decoder.embeddings.place(
      decoder.upsample(encoded, on: scratch), positions: positions.positions, on: scratch)
    let hidden = decoder(x, positions.drafts, over: encoded, source: source, on: scratch)
    var scores: [Float] = []
    for (sentence, rows) in positions.sentences.enumerated() {
      architecture.project(hidden, rows: rows, into: &scores, on: scratch)
      visit(sentence, &scores)
    }
  }

  private func predict(
    _ inputs: PackedTokens, sentences: [Int], embeddings: Embeddings, _ visit: Visitor
  ) {
    scratch.reset()
    let drafts = zip(inputs.sentences, sentences).map { Draft(rows: $0, sentence: $1) }
    let x = embeddings(inputs.ids, positions: inputs.positions, on: scratch)
    let hidden = decoder(x, drafts, over: encoded, source: source, on: scratch)
    var draft = 0
    architecture.forEachRow(of: hidden, on: scratch) { row, scores in
      while row >= inputs.sentences[draft].upperBound { draft += 1 }
      visit(draft, row - inputs.sentences[draft].lowerBound, scores)
    }
  }
}
