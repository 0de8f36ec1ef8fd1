internal import Layers
package import Models

/// Counts the multiplications and additions of a model's matrix products; element-wise operations, norms and look-ups are
/// left out, which take time but few operations.
///
/// With d = d_model, f = the inner size and V = the target vocabulary, a product of a row with a matrix of n · m elements
/// counts 2 · n · m. All formulas are for the forward pass.
package struct ModelArithmetic: Sendable {
  private let model: ModelConfiguration

  /// The arithmetic of an architecture.
  package init(_ model: ModelConfiguration) { self.model = model }

  private var squared: Int { model.size * model.size }

  /// Two matrices of d · f, and a third one with a gate: 4 · d · f or 6 · d · f.
  private func feedForward(_ innerSize: Int) -> Int {
    2 * model.size * innerSize * (model.activation.isGated ? 3 : 2)
  }

  /// Queries, keys, values and output: 8 · d².
  private var selfAttention: Int { 8 * squared }

  /// Queries and output of attention to the source: 4 · d².
  private var crossAttention: Int { 4 * squared }

  /// Keys and values of the source, in each decoder layer: 4 · d².
  private var sourceKeys: Int { 4 * squared }

  /// What reads the target: self-attention 8 · d², SSRU 4 · d²; average attention 2 · d · f twice and 4 · d² for gates.
  private var cell: Int {
    switch model.decoderCell {
    case .selfAttention: return selfAttention
    case .ssru: return 4 * squared
    case .averageAttention:
      let (size, inner) = (model.size, model.averageAttention.innerSize)
      // The network has one matrix instead of two if its inner size is that of the model.
      let network = inner == 0 ? 0 : 2 * size * inner * (inner == size ? 1 : 2)
      return network + (model.averageAttention.isGated ? 4 * squared : 0)
    }
  }

  private var decoderLayers: Int { model.isAutoregressive ? model.decoderLayers : 0 }
  private var parallelLayers: Int { model.nonautoregressive?.layers ?? 0 }

  /// The encoder, for each source token.
  package var encoder: Int { model.encoderLayers * (selfAttention + feedForward(model.innerSize)) }

  /// Keys and values of the source in all layers of both decoders, for each source token.
  package var keysOfSource: Int { (decoderLayers + parallelLayers) * sourceKeys }

  /// The layers of the autoregressive decoder, for each target token.
  package var decoder: Int {
    decoderLayers * (cell + crossAttention + feedForward(model.decoderInnerSize ?? model.innerSize))
  }

  /// A row of the output layer: 2 · d · V.
  package var output: Int { 2 * model.size * model.targetVocabularySize }

  /// The layers of the non-autoregressive decoder, for each of its positions.
  package var parallelDecoder: Int {
    parallelLayers * (selfAttention + crossAttention + feedForward(model.innerSize))
  }

  /// The upsampling of `ctc`, for each source token: 2 · d · (u · d).
  package var upsampling: Int {
    model.nonautoregressive?.method == .ctc ? 2 * squared * (model.nonautoregressive?.upsampling ?? 0) : 0
  }

  /// The classifier of lengths, for each sentence.
  package var lengthPredictor: Int {
    guard let part = model.nonautoregressive, part.predictsLength else { return 0 }
    return 2 * model.size * (2 * part.maxLengthDifference + 1)
  }

  /// Scores and weighted sums of attention: 4 · d for each query and key.
  ///
  /// They grow with the square of the length.
  ///
  /// - Parameters:
  ///   - source: tokens of the source, S: 4 · d · S² in each encoder layer.
  ///   - target: tokens of the target, T: 4 · d · T · (T + 1) / 2 in each decoder layer with self-attention, and
  ///     4 · d · T · S for attention to the source.
  /// - Returns: FLOP of the forward pass.
  package func attention(source: Int, target: Int) -> Int {
    let encoder = model.encoderLayers * source * source
    let own = model.decoderCell == .selfAttention ? target * (target + 1) / 2 : 0
    let decoder = decoderLayers * (own + target * source)
    let positions = positions(source: source, target: target)
    return 4 * model.size * (encoder + decoder + parallelLayers * positions * (positions + source))
  }

  /// Positions of the non-autoregressive decoder; 0 without one.
  package func positions(source: Int, target: Int) -> Int {
    model.nonautoregressive?.positions(source: source, target: target) ?? 0
  }

  /// Rows of the output layer in training, of both decoders.
  ///
  /// Mask-predict masks a number of a target's tokens that is drawn from one to all: the mean is counted.
  package func predictions(source: Int, target: Int) -> Double {
    let own = model.isAutoregressive ? target : 0
    guard let part = model.nonautoregressive else { return Double(own) }
    let others: Double =
      switch part.method {
      case .ctc: Double(positions(source: source, target: target))
      case .length: Double(part.ending == .endToken ? target : target - 1)
      case .maskPredict: target > 1 ? Double(target) / 2 : 0
      }
    return Double(own) + others
  }

  /// The forward pass of the loss of a sentence pair.
  ///
  /// - Parameters:
  ///   - source: tokens of the source, `</s>` included.
  ///   - target: tokens of the target, `</s>` included.
  /// - Returns: FLOP of all products.
  package func pair(source: Int, target: Int) -> Double {
    let products =
      source * (encoder + keysOfSource + upsampling) + target * decoder
      + positions(source: source, target: target) * parallelDecoder + lengthPredictor
      + attention(source: source, target: target)
    return Double(products) + predictions(source: source, target: target) * Double(output)
  }
}
