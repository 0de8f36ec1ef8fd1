import Decoding
import Machine
import Text
import Tokens

/// A decoder that copies its source and records all batches; each batch waits for the test's permission.
struct GatedDecoder: BatchDecoder {
  let vocabularySize = samplePipeline.vocabularySize(.target)
  let specialTokens = samplePipeline.specialTokens
  var maxLength = Int.max
  private let gate = Monitor(Gate())

  private struct Gate {
    var batches: [[[TokenID]]] = []
    var permits = 0
  }

  /// The sentences of each batch that was begun.
  var batches: [[String]] {
    gate.withLock { $0.batches }.map { $0.map { text($0) } }
  }

  /// Permits a number of batches.
  func permit(_ count: Int) {
    gate.withLock { $0.permits += count }
    gate.signalAll()
  }

  /// Permits all further batches.
  func open() { permit(1 << 32) }

  /// Waits until the given number of batches have begun.
  func waitForBatches(_ count: Int) async { await waitUntil { batches.count >= count } }

  func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    let source = input.source
    let sentences = (0..<source.count).map { Array(source[sentence: $0].dropLast()) }
    gate.withLock { $0.batches.append(sentences) }
    gate.wait { gate -> Void? in
      guard gate.permits > 0 else { return nil }
      return gate.permits -= 1
    }
    return sentences.map { tokens in
      [
        Hypothesis(tokens: tokens, sums: HypothesisSums(), scoring: Scoring())
      ]
    }
  }

  private func text(_ tokens: [TokenID]) -> String {
    String(decoding: samplePipeline.decode(tokens, side: .source), as: UTF8.self)
  }
}

/// Waits until a condition is true, for at most 20 seconds.
func waitUntil(_ condition: () -> Bool) async {
  for _ in 0..<20_000 where !condition() { try? await Task.sleep(for: .milliseconds(1)) }
}
