import Layers
import Models
import Tensors
import Testing
import TrainingSession

/// Checkpoints contain this text: changing a single letter would keep existing trainings from being resumed.
@Suite struct RunFingerprintTests {
  func fingerprint(_ change: (inout RunFingerprint) -> Void = { _ in }) -> String {
    var fingerprint = RunFingerprint(
      pairs: 29000, checksum: 0xfeed, parts: [.init(weight: 1, pairs: 29000)],
      model: ModelPreset.tiny.configuration(sourceVocabularySize: 10, targetVocabularySize: 10), shards: 2,
      activationLimit: 123_456, batchTokens: 4096, accumulate: 1, precision: .float32, seed: 3,
      hasMovingAverage: true, startingWeights: nil, frozen: [])
    change(&fingerprint)
    return fingerprint.text
  }

  @Test func thePlainestTraining() {
    #expect(
      fingerprint()
        == "29000 pairs with checksum feed, 128/256 4+4 layers, 4 heads, relu, post-norm, tied embeddings: all, "
        + "2 shards in pieces of 123456 floats, 4096 batch tokens, seed 3, with moving average")
  }

  @Test func aPreparedCorpusNamesItsWindow() {
    let words = fingerprint { ($0.parts, $0.mixing) = ([], "mixed in windows of 1000000 pairs") }
    #expect(
      words.hasPrefix(
        "29000 pairs with checksum feed, mixed in windows of 1000000 pairs, 128/256 4+4 layers,"))
  }

  @Test func everythingThatIsNamedOnlyWhereItIsInUse() {
    let words = fingerprint {
      $0.parts = [.init(weight: 1, pairs: 20000), .init(weight: 0.5, pairs: 9000)]
      (($0.accumulate), $0.precision, $0.hasMovingAverage) = (4, .bfloat16, false)
      ($0.startingWeights, $0.frozen) = ("0123456789abcdef", [.embeddings, .encoder])
      ($0.model.positions, $0.model.maxPositions, $0.model.usesBias) = (.learned, 257, false)
      ($0.model.activation, $0.model.normPlacement, $0.model.tying) = (.swiglu, .pre, .none)
      ($0.model.initialization, $0.model.isAutoregressive) = (.depthScaled, false)
      $0.model.nonautoregressive = NonautoregressiveConfiguration(method: .ctc)
      $0.model.nonautoregressive?.layers = 4
      $0.model.nonautoregressive?.upsampling = 3
    }
    #expect(
      words
        == "29000 pairs with checksum feed, weights 1.0 for 20000 pairs and 0.5 for 9000 pairs, 128/256 4+4 layers, "
        + "4 heads, swiglu, pre-norm, tied embeddings: none, 257 learned positions, no autoregressive decoder, "
        + "4 layers of ctc, 3 positions a token, no biases, depth-scaled initialisation, 2 shards in pieces of 123456 "
        + "floats, 4096 batch tokens, 4 batches an update, bfloat16 products, seed 3, no moving average, started from "
        + "weights with checksum 0123456789abcdef, frozen embeddings and encoder")
  }

  @Test func methodsOfANonautoregressiveDecoder() {
    let words = fingerprint {
      $0.model.positions = .rotary
      $0.model.nonautoregressive = NonautoregressiveConfiguration(method: .length)
    }
    #expect(words.contains("tied embeddings: all, rotary positions, "))
    #expect(words.contains(" layers of length, predicted lengths, 2 shards"))
  }
}
