internal import Autodiff
internal import Layers

/// What a non-autoregressive decoder adds to ``ActivationMemory``.
struct NonautoregressiveMemory {
  private let model: ModelConfiguration
  private let part: NonautoregressiveConfiguration
  /// Floats for each position of the decoder, without attention weights.
  private let positionToken: Int

  init(_ model: ModelConfiguration, _ part: NonautoregressiveConfiguration, glances: Bool) {
    (self.model, self.part) = (model, part)
    // The rows before positions are added; with glancing, the shown tokens and the mixture; the rows with a loss.
    let inputs = (part.method == .ctc ? 2 : 1) + (glances ? 2 : 0) + (part.method == .ctc ? 0 : 1)
    positionToken =
      inputs * model.size + part.layers * model.decoderLayerToken + model.finalNormToken
      + model.gradientsToken
  }

  /// Floats that a sentence pair adds.
  func pair(source: Int, target: Int) -> Int {
    let positions = part.positions(source: source, target: target)
    let weights = part.layers * model.heads * positions * (source + positions)
    let lengths = part.predictsLength ? 2 * model.size : 0
    // Keys and values of the source in every layer, and the gradient of those in one layer.
    let projected = source * 2 * model.size * (part.layers + 1)
    return positions * positionToken + weights + projected + lengths
  }

  /// Floats that a batch adds regardless of the number of pairs.
  func perBatch(longestSource: Int, longestTarget: Int) -> Int {
    let positions = part.positions(source: longestSource, target: longestTarget)
    func scratch(keys: Int) -> Int {
      attentionScratch(queries: positions, keys: keys, headSize: model.size / model.heads)
    }
    let layer = scratch(keys: positions) + scratch(keys: longestSource) + 48 * cacheLine
    let rows = rowsPerChunk(classes: model.targetVocabularySize)
    // The chunk of logits; with CTC also the probabilities of its sentence's labels in each of its rows.
    let output = rows * (model.targetVocabularySize + (part.method == .ctc ? longestTarget + 1 : 0))
    let classes = 2 * part.maxLengthDifference + 1
    let lengths = part.predictsLength ? rowsPerChunk(classes: classes) * classes : 0
    return part.layers * layer + output + lengths + 32 * cacheLine
  }

  /// Floats that decoding keeps for batches of `tokens` source tokens, or of one sentence of `longest`.
  func decoding(tokens: Int, longest: Int) -> Int {
    // A batch has at least one sentence.
    let source = max(tokens, longest)
    guard part.method != .ctc else { return source * part.upsampling * (2 * positionToken) }
    let longestDraft = min(
      model.maxPositions,
      part.ending == .endToken ? part.longestTarget(source: longest) : longest + part.maxLengthDifference)
    let positions = max(parallelPositions(sourceTokens: source), longestDraft)
    // Keys and values of the source in every layer.
    return positions * positionToken + source * 2 * model.size * part.layers
      + perBatch(longestSource: longest, longestTarget: longestDraft)
  }
}

/// The number of positions of drafts that are predicted together when `sourceTokens` are translated: enough for fast
/// matrix products, and no more memory than the batch needs anyway, however long the drafts are.
package func parallelPositions(sourceTokens: Int) -> Int { max(256, sourceTokens) }
