internal import Models
internal import Tensors
internal import Text
internal import Tokens

/// What inputs of products are multiplied by before they are rounded to bytes, one number for each matrix.
///
/// With them, an engine need not look for the greatest input of each product. They are 127 divided by a magnitude that few
/// inputs exceed, which are then cut off: the mean of the greatest ones in each product of a sample, and 1.1 times their
/// standard deviation.
///
/// Source: browsermt/marian-dev, `scripts/alphas`, whose models are called `alphas`.
struct ActivationMultipliers {
  private let magnitudes = InputMagnitudes()

  /// Translates a sample greedily.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - pipeline: its vocabulary.
  ///   - lines: source text.
  init(_ model: TrainedTransformer, _ pipeline: TextPipeline, lines: [[UInt8]]) {
    let configuration = model.architecture.configuration
    let (observed, end) = (model.observed(by: magnitudes), configuration.specialTokens.end)
    let sentences = lines.map { pipeline.encode($0, side: .source).ids }
      .filter { !$0.isEmpty && $0.count < configuration.maxPositions }
      .map { pipeline.settings.endsSource ? $0 + [end] : $0 }
      .sorted { $0.count < $1.count }
    for first in stride(from: 0, to: sentences.count, by: Self.sentencesPerBatch) {
      translate(
        Array(sentences[first..<min(first + Self.sentencesPerBatch, sentences.count)]), observed,
        configuration)
    }
  }

  private static let sentencesPerBatch = 32
  private static let deviations = 1.1

  private func translate(
    _ sentences: [[TokenID]], _ model: TrainedTransformer, _ configuration: ModelConfiguration
  ) {
    let special = configuration.specialTokens
    var state = model.start(TokenBatch(sentences))
    var last = sentences.map { _ in special.beginning }
    let longest = sentences.map(\.count).max() ?? 0
    for _ in 0..<min(2 * longest + 10, configuration.maxPositions) {
      let best = model.bestTokens(after: last, &state, excluding: last.map { _ in [special.unknown] })
      let survivors = best.indices.filter { best[$0].map { $0 != special.end } ?? false }
      guard !survivors.isEmpty else { return }
      if survivors.count < best.count { state.select(survivors) }
      last = survivors.compactMap { best[$0] }
    }
  }

  /// The multiplier of a matrix; nil if no product of the sample had it, or all its inputs were 0 or not finite.
  func multiplier(of matrix: Parameter) -> Float? {
    guard let summary = magnitudes.summary(of: matrix) else { return nil }
    let magnitude = summary.mean + Self.deviations * summary.deviation
    return magnitude > 0 && magnitude.isFinite ? Float(127 / magnitude) : nil
  }
}
