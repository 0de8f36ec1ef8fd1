import Autodiff
import Corpora
import Machine
import Models
import Text
import Tokens
import Training

/// The work that processes share.
extension DecodingValidator {
  /// Computes the losses of this process's share of the batches.
  ///
  /// - Returns: the perplexity of all batches, in every process.
  func perplexity(_ model: TrainedTransformer, _ reducer: any GradientReducer) throws -> Double {
    let share = reducer.share(ofCosts: batches.map { $0.source.tokenCount + $0.targetTokens })
    let losses = try reducer.together {
      let losses = concurrentMap(Array(batches[share]), threads: threads) { batch in
        // The rest of the batches of a long text would take too long for whoever asked to stop.
        monitor.control.isStopped ? LossSum() : model.loss(source: batch.source, target: batch.target)
      }
      try requireNoStop()
      return losses
    }
    var sum = LossSum()
    for loss in reducer.gather(losses.flatMap(\.numbers)).flatMap(LossSum.all) { sum += loss }
    return sum.perplexity
  }

  /// Translates this process's share of the lines.
  ///
  /// - Returns: the translations of all lines, in the first process.
  func translations(_ model: TrainedTransformer, _ reducer: any GradientReducer) throws -> [[UInt8]] {
    guard reducer.processCount > 1 else { return try decode(model, sources) }
    let tokens = concurrentMap(sources, threads: threads) {
      pipeline.encode($0, side: .source).ids.count + 1
    }
    let share = reducer.share(ofCosts: tokens)
    let own = try reducer.together { try share.isEmpty ? [] : decode(model, Array(sources[share])) }
    return reducer.collect(PackedLines.pack(own)).flatMap(PackedLines.unpack)
  }
}
