internal import Layers
internal import Models

/// What translation keeps in memory besides weights, in bytes.
struct InferenceMemory {
  private let model: ModelConfiguration

  /// The memory of an architecture.
  init(_ model: ModelConfiguration) { self.model = model }

  /// The values of all layers of the encoder, which last as long as a batch.
  ///
  /// - Parameters:
  ///   - tokens: source tokens of a batch.
  ///   - longest: those of its longest sentence.
  /// - Returns: bytes.
  func encoded(tokens: Int, longest: Int) -> Int {
    guard model.isAutoregressive else {
      return 4 * ActivationMemory(model).decoding(tokens: tokens, longest: longest)
    }
    return 4 * tokens * (model.size + model.encoderLayers * layerToken)
  }

  /// Floats that an encoder layer makes for each token: queries, keys and values, the result of attention, its output, the
  /// hidden layer before and after its activation, its output, and sums and norms.
  private var layerToken: Int {
    let sublayers = model.normPlacement == .pre ? 4 : 2
    let hidden =
      model.activation.isGated ? 3 * model.innerSize : (model.activation == .relu ? 1 : 2) * model.innerSize
    return (3 + 1 + 1 + 1 + sublayers) * model.size + hidden
  }
}

/// What a search keeps between steps, in bytes.
struct CacheSize {
  let token, hypothesis, sourceToken: Int

  func sentence(beam: Int, length: Int) -> Int {
    beam * (length * token + hypothesis) + length * sourceToken
  }
}
