import ModelDescription
import Models
import Testing
import Training

@Suite struct MemoryDescriptionTests {
  private func settings(_ change: (inout DescriptionSettings) -> Void = { _ in }) -> DescriptionSettings {
    var settings = DescriptionSettings()
    (settings.trainer.threads, settings.trainer.shards) = (2, 2)
    change(&settings)
    return settings
  }

  @Test(arguments: Variants.all)
  func weightsAndStatesAreThoseOfTheTrainer(configuration: ModelConfiguration) {
    let model = Transformer(configuration)
    let memory = ModelDescription(model, settings: settings()).trainingMemory
    let count = model.parameterCount
    #expect(memory.parameters == 4 * count && memory.gradientsOfShard == 4 * count)
    #expect(memory.average == 4 * count && memory.rounded == 0)
    #expect(memory.optimizers.map(\.name) == ["adam", "sgd", "adafactor"])
    #expect(memory.optimizers[0].bytes == 8 * count && memory.optimizers[1].bytes == 4 * count)
    #expect(memory.optimizers[2].bytes < 4 * count)
    #expect(memory.peak > memory.parameters + memory.average + 2 * memory.gradientsOfShard)
  }

  /// The activations of a batch are those that `ActivationMemory` counts, which tests compare with the tape.
  @Test func activationsAreThoseOfTheLayers() throws {
    let configuration = ModelPreset.tiny.configuration(
      sourceVocabularySize: 1000, targetVocabularySize: 1000)
    let memory = ModelDescription(Transformer(configuration), settings: settings()).trainingMemory
    let row = try #require(memory.growth.first { $0.batchTokens == 4096 && $0.length == 32 })
    let activations = ActivationMemory(configuration)
    let floats =
      activations.perBatch(longestSource: 32, longestTarget: 32)
      + 128 * activations.pair(source: 32, target: 32)
    #expect(row.batchActivations == 4 * floats)
    #expect(row.activations < row.batchActivations && row.peak > row.activations)
  }

  @Test func memoryGrowsWithBatchLengthThreadsAndText() {
    let model = Transformer(
      ModelPreset.tiny.configuration(sourceVocabularySize: 1000, targetVocabularySize: 1000))
    func peak(_ change: (inout DescriptionSettings) -> Void) -> Int {
      ModelDescription(model, settings: settings(change)).trainingMemory.peak
    }
    let plain = peak { _ in }
    #expect(peak { $0.batchTokens = 256 } < plain)
    #expect(peak { ($0.trainer.threads, $0.trainer.shards) = (8, 8) } > plain)
    #expect(peak { $0.pairs = 1_000_000 } - plain >= 1_000_000 * 8 * 25)
    #expect(peak { $0.trainer.averageDecay = 0 } == plain - 4 * model.parameterCount)
    #expect(peak { $0.trainer.optimizer = SGD() } == plain - 4 * model.parameterCount)
  }

  @Test func cacheOfBaseIsThatOfItsLayers() throws {
    let model = ModelPreset.base.configuration(sourceVocabularySize: 1000, targetVocabularySize: 1000)
    let memory = ModelDescription(Transformer(model), settings: settings { $0.beam = 4 }).decodingMemory
    // Query, key and value of six layers; keys and values of the source.
    #expect(memory.cacheOfToken == 6 * 3 * 512 * 4 && memory.sourceToken == 6 * 2 * 512 * 4)
    #expect(memory.cacheOfSentence == 25 * (4 * memory.cacheOfToken + memory.sourceToken))
    #expect(memory.stateOfHypothesis == 0)
    let (float32, int8) = (try #require(memory.compute.first), try #require(memory.compute.last))
    #expect(int8.packed * 3 < float32.packed && int8.beamPeak < float32.beamPeak && int8.screening == 0)
  }

  @Test func recurrentDecodersHaveAStateInstead() {
    let model = ModelPreset.student.configuration(sourceVocabularySize: 1000, targetVocabularySize: 1000)
    let memory = ModelDescription(Transformer(model), settings: settings()).decodingMemory
    #expect(memory.cacheOfToken == 0 && memory.stateOfHypothesis == 2 * 2 * 256 * 4)
  }
}
