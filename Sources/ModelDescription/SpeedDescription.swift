/// How fast this machine trains and translates with a model.
package struct SpeedDescription: Codable, Sendable, Equatable {
  /// Whether the weights were random, as for a preset; otherwise they are those of the model.
  package var usesRandomWeights: Bool
  /// Threads.
  package var threads: Int
  /// The kernels for matrix products.
  package var kernels: String
  /// Updates, by precision.
  package var training: [TrainingSpeed]
  /// Translation, by search and type of products.
  package var decoding: [DecodingSpeed]
  /// Bytes that one thread reads from memory in a second, by a product of one row.
  package var readBandwidth: Double

  private enum CodingKeys: String, CodingKey {
    case threads, kernels, training, decoding
    case usesRandomWeights = "random_weights"
    case readBandwidth = "read_bandwidth"
  }
}

/// The speed of updates in one precision.
package struct TrainingSpeed: Codable, Sendable, Equatable {
  /// The speed of one product or other operation of the model.
  package struct Operation: Codable, Sendable, Equatable {
    /// The operation, with its shape if that decides its speed.
    package var name: String
    /// FLOP per second and thread, forward; nil for operations without products.
    package var forward: Double?
    /// The same for its derivative.
    package var backward: Double?
    /// The share of the operation in the time of an update.
    package var share: Double
  }

  /// Target tokens per second with a batch of some size.
  package struct BatchSpeed: Codable, Sendable, Equatable {
    /// Tokens of the batch on each side.
    package var batchTokens: Int
    /// Target tokens per second.
    package var tokensPerSecond: Double

    private enum CodingKeys: String, CodingKey {
      case batchTokens = "batch_tokens"
      case tokensPerSecond = "tokens_per_second"
    }
  }

  /// The precision of products.
  package var precision: String
  /// Tokens of the batch that was measured.
  package var measuredTokens: Int
  /// Seconds of an update that do not depend on the batch: rounding weights, summing gradients, the optimizer.
  package var secondsOfUpdate: Double
  /// Seconds of an update for each target token.
  package var secondsOfToken: Double
  /// Target tokens per second with the batch asked for.
  package var tokensPerSecond: Double
  /// The share of matrix products in the time of a large batch; the rest is element-wise work and memory.
  package var shareOfProducts: Double
  /// Operations, the most expensive first.
  package var operations: [Operation]
  /// The speed with other batches.
  package var batches: [BatchSpeed]

  /// Target tokens per second with batches of some size: the update's own time counts once for each batch.
  package func tokensPerSecond(batchTokens: Int) -> Double {
    let tokens = Double(batchTokens)
    return tokens / max(secondsOfUpdate + tokens * secondsOfToken, 1e-12)
  }

  private enum CodingKeys: String, CodingKey {
    case precision, operations, batches
    case measuredTokens = "measured_tokens"
    case secondsOfUpdate = "seconds_of_update"
    case secondsOfToken = "seconds_of_token"
    case tokensPerSecond = "tokens_per_second"
    case shareOfProducts = "share_of_products"
  }
}

/// The speed of one way to translate.
package struct DecodingSpeed: Codable, Sendable, Equatable {
  /// "greedy", "beam 5", or the method of a non-autoregressive decoder.
  package var search: String
  /// What products compute with: float32 or int8.
  package var compute: String
  /// Threads that translate at the same time.
  package var threads: Int
  /// Sentences that a thread translates together.
  package var sentences: Int
  /// Sentences of typical length per second.
  package var sentencesPerSecond: Double
  /// Target tokens per second.
  package var tokensPerSecond: Double
  /// Target tokens per second if reading the decoder's weights from memory were the only work; nil if the rows of a step
  /// share them among many.
  package var bandwidthBound: Double?
  /// Target tokens per second if matrix products were the only work.
  package var productBound: Double

  private enum CodingKeys: String, CodingKey {
    case search, compute, threads, sentences
    case sentencesPerSecond = "sentences_per_second"
    case tokensPerSecond = "tokens_per_second"
    case bandwidthBound = "bandwidth_bound"
    case productBound = "product_bound"
  }
}
