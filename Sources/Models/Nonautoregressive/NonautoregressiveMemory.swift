internal import Autodiff
internal import Layers

/// What a decoder that predicts all tokens at once adds to ``ActivationMemory``.
struct NonautoregressiveMemory {
  private let model: ModelConfiguration
  private let part: NonautoregressiveConfiguration
  /// Floats that a position of the decoder takes, attention weights left out.
  private let positionToken: Int

  init(_ model: ModelConfiguration, _ part: NonautoregressiveConfiguration, glances: Bool) {
    (self.model, self.part) = (model, part)
    // What the rows are before their places; with glancing what is shown and the mixture; the rows that count.
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
    // Keys and values of the source in every layer, and the gradient of those of one.
    let projected = source * 2 * model.size * (part.layers + 1)
    return positions * positionToken + weights + projected + lengths
  }

  /// Floats that a batch adds however few its pairs are.
  func perBatch(longestSource: Int, longestTarget: Int) -> Int {
    let positions = part.positions(source: longestSource, target: longestTarget)
    func scratch(keys: Int) -> Int {
      attentionScratch(queries: positions, keys: keys, headSize: model.size / model.heads)
    }
    let layer = scratch(keys: positions) + scratch(keys: longestSource) + 48 * cacheLine
    let rows = rowsPerChunk(classes: model.targetVocabularySize)
    // The chunk of logits; with ctc also what every row of it predicts of its sentence's labels.
    let output = rows * (model.targetVocabularySize + (part.method == .ctc ? longestTarget + 1 : 0))
    let classes = 2 * part.maxLengthDifference + 1
    let lengths = part.predictsLength ? rowsPerChunk(classes: classes) * classes : 0
    return part.layers * layer + output + lengths + 32 * cacheLine
  }

  /// Floats that decoding keeps of a source token, whose translation has as many tokens in each of some drafts.
  var decodingToken: Int { 2 * part.upsampling * positionToken }
}
