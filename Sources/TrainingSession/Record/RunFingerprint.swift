import Corpora
import Layers
package import Models
package import Tensors
import Training

/// Everything that must stay the same when an interrupted run is resumed.
///
/// Checkpoints store it as ``text``, so its wording is part of a file format. Settings that were added later appear
/// only when they are in use, so that older runs can still be resumed.
package struct RunFingerprint: Equatable {
  /// A file's share of the training text.
  package struct Part: Equatable {
    let weight: Double
    let pairs: Int

    package init(weight: Double, pairs: Int) { (self.weight, self.pairs) = (weight, pairs) }
  }

  /// Number of training pairs that were kept, and a checksum of their ids.
  package var pairs: Int
  package var checksum: UInt64
  /// Its files, with their weights.
  package var parts: [Part]
  /// How pairs are mixed, if not all of them at a time; nil: all.
  package var mixing: String?
  package var model: ModelConfiguration
  package var shards: Int
  /// Maximum number of floats of a piece's activations.
  package var activationLimit: Int
  package var batchTokens: Int
  /// Batches per update.
  package var accumulate: Int
  package var precision: MatrixPrecision
  package var seed: UInt64
  package var hasMovingAverage: Bool
  /// A checksum of the weights that the training started from; nil if they were initialized at random.
  package var startingWeights: String?
  /// Frozen parts of them.
  package var frozen: [ModelPart]

  package init(
    pairs: Int, checksum: UInt64, parts: [Part], model: ModelConfiguration, shards: Int, activationLimit: Int,
    batchTokens: Int, accumulate: Int, precision: MatrixPrecision, seed: UInt64, hasMovingAverage: Bool,
    startingWeights: String?, frozen: [ModelPart]
  ) {
    (self.pairs, self.checksum, self.parts, self.model) = (pairs, checksum, parts, model)
    (self.shards, self.activationLimit, self.batchTokens) = (shards, activationLimit, batchTokens)
    (self.accumulate, self.precision, self.seed) = (accumulate, precision, seed)
    (self.hasMovingAverage, self.startingWeights, self.frozen) = (hasMovingAverage, startingWeights, frozen)
  }

  /// The fingerprint as checkpoints store it.
  package var text: String {
    "\(pairs) pairs with checksum \(String(checksum, radix: 16)), \(weights)\(mixing.map { "\($0), " } ?? "")\(architecture), "
      + "\(shards) shards in pieces of \(activationLimit) floats, \(batchTokens) batch tokens, "
      + (accumulate > 1 ? "\(accumulate) batches an update, " : "")
      + (precision == .float32 ? "" : "\(precision) products, ")
      + "seed \(seed), \(hasMovingAverage ? "with" : "no") moving average" + start
  }

  private var weights: String {
    guard parts.contains(where: { $0.weight != 1 }) else { return "" }
    let words = parts.map { "\($0.weight) for \($0.pairs) pairs" }
    return "weights \(words.joined(separator: " and ")), "
  }

  /// The architecture without its dropout rates, which may change when a training is resumed.
  private var architecture: String {
    "\(model.size)/\(model.innerSize) \(model.encoderLayers)+\(model.decoderLayers) layers, \(model.heads) heads, "
      + "\(model.activation), \(model.normPlacement)-norm, tied embeddings: \(model.tying)\(variants)"
  }

  private var variants: String {
    var variants = ""
    switch model.positions {
    case .sinusoidal: break
    case .learned: variants += ", \(model.maxPositions) learned positions"
    default: variants += ", \(model.positions.rawValue) positions"
    }
    if !model.isAutoregressive { variants += ", no autoregressive decoder" }
    if let part = model.nonautoregressive {
      variants += ", \(part.layers) layers of \(part.method.rawValue)"
      if part.method == .ctc { variants += ", \(part.upsampling) positions a token" }
      if part.method == .length { variants += ", \(part.ending.rawValue) lengths" }
    }
    if !model.usesBias { variants += ", no biases" }
    if let size = model.decoderInnerSize { variants += ", \(size) in the decoder" }
    if model.isAutoregressive, model.decoderCell != .selfAttention {
      variants += ", \(model.decoderCell.rawValue) decoder"
      if model.decoderCell == .averageAttention {
        variants +=
          " of \(model.averageAttention.innerSize) \(model.averageAttention.activation)"
          + (model.averageAttention.isGated ? "" : " without gates")
      }
    }
    if model.positionLayout != .interleaved {
      variants += ", \(model.positionLayout.rawValue) position layout"
    }
    if model.hasOutputBias { variants += ", output bias" }
    if model.normalizesEmbeddings { variants += ", normalized embeddings" }
    if let endsInNorm = model.endsInNorm { variants += endsInNorm ? ", final norms" : ", no final norms" }
    if model.normEpsilon != LayerNorm.defaultEpsilon { variants += ", epsilon \(model.normEpsilon)" }
    // Spelled as in existing checkpoints.
    if model.initialization != .glorot { variants += ", \(model.initialization.rawValue) initialisation" }
    return variants
  }

  private var start: String {
    guard let startingWeights else { return "" }
    return ", started from weights with checksum \(startingWeights)"
      + (frozen.isEmpty ? "" : ", frozen \(frozen.map(\.rawValue).joined(separator: " and "))")
  }
}

extension RunFingerprint {
  /// The fingerprint of a training.
  ///
  /// - Parameters:
  ///   - settings: of the training.
  ///   - options: with the shards and pieces in use.
  ///   - data: the training text.
  ///   - start: the starting model.
  init(_ settings: TrainingSettings, _ options: TrainerOptions, data: TrainingData, start: StartingModel?) {
    self.init(
      pairs: data.pairCount, checksum: data.prepared?.checksum ?? data.train.checksum,
      parts: data.train.parts.map { Part(weight: $0.files.weight, pairs: $0.pairs.count) },
      model: settings.model, shards: options.shards, activationLimit: options.activationLimit ?? 0,
      batchTokens: settings.corpora.batchTokens, accumulate: settings.plan.batchesPerUpdate,
      precision: options.precision, seed: settings.corpora.seed,
      hasMovingAverage: options.averageDecay > 0, startingWeights: start?.record.weights,
      frozen: settings.frozen)
    mixing = data.prepared?.mixing
  }
}
