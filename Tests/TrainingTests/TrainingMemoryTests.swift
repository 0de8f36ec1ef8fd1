import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct TrainingMemoryTests {
  static let model = ModelPreset.base.configuration(sourceVocabularySize: 9733, targetVocabularySize: 9733)

  static func memory(
    shards: Int = 2, limit: Int? = nil, average: Float = 0.999, batch: Int = 4096, longest: Int = 40,
    text: Int = 0, precision: MatrixPrecision = .float32, products: Float32Products = .library
  ) -> TrainingMemory {
    var options = TrainerOptions()
    (options.precision, options.float32Products) = (precision, products)
    (options.shards, options.threads, options.activationLimit) = (shards, 2, limit)
    options.averageDecay = average
    return TrainingMemory(
      model, options: options, lengths: .init(source: longest, target: longest, batch: batch),
      text: text, validationTokens: 512)
  }

  @Test func partsAddUp() {
    let memory = Self.memory()
    let weights = 4 * model.parameterCount
    #expect(memory.gradients == weights)
    #expect(memory.weights == 4 * weights + 2 * 1024 * 512 * 4)
    #expect(Self.memory(average: 0).weights == memory.weights - weights)
    #expect(memory.activations == 4 * TrainerOptions.defaultActivationLimit(Self.model))
    #expect(memory.total == memory.program + memory.weights + 2 * (memory.gradients + memory.activations))
    #expect(Self.memory(shards: 8, batch: 65536).total > memory.total)
    #expect(Self.memory(text: 12345).total == memory.total + 12345)
  }

  /// A part of a weight takes half as much as the weight, and is stored in two orders.
  @Test func productsOfBFloat16KeepTheirWeights() {
    let (memory, weights) = (Self.memory(), 4 * model.parameterCount)
    #expect(Self.memory(precision: .bfloat16).weights == memory.weights + weights)
    #expect(Self.memory(precision: .bfloat16, products: .parts).weights == memory.weights + weights)
    #expect(Self.memory(products: .parts).weights == memory.weights + 3 * weights)
    #expect(Self.memory(products: .parts).program > memory.program)
  }

  private var model: ModelConfiguration { Self.model }

  /// An untrained model may choose the longest drafts; each needs what a draft of its length needs in training, without
  /// gradients.
  @Test func validationCountsTheLongestDrafts() {
    func validation(_ method: NonautoregressiveMethod, difference: Int = 128, longest: Int = 40) -> Int {
      var model = Self.model
      (model.isAutoregressive, model.nonautoregressive) = (
        false, NonautoregressiveConfiguration(method: method)
      )
      model.nonautoregressive?.maxLengthDifference = difference
      let lengths = TrainingMemory.Lengths(source: longest, target: longest, batch: 4096)
      return TrainingMemory(
        model, options: TrainerOptions(), lengths: lengths, text: 0, validationTokens: 64
      ).validation
    }
    let short = validation(.maskPredict)
    // 256 positions of six layers, each of which keeps more than ten rows.
    #expect(short > 256 * 6 * 10 * 512 * 4)
    #expect(validation(.maskPredict, difference: 700) > short)
    #expect(validation(.maskPredict, longest: 300) > short)
    #expect(validation(.length) == short)
  }

  @Test func activationsAreThoseOfTheLimitTheShardOrTheLongestPair() {
    #expect(Self.memory(limit: 50_000_000).activations == 200_000_000)
    let small = Self.memory(batch: 512).activations
    #expect(small < Self.memory().activations / 2)
    let pair = 4 * TrainingMemory.smallestLimit(model, .init(source: 40, target: 40, batch: 4096))
    #expect(Self.memory(limit: 1).activations == pair)
    #expect(pair < small)
    #expect(Self.memory(limit: 1, longest: 200).activations > 4 * pair)
  }

  @Test func positionsCountAsConstantsOrAsParameters() {
    func memory(_ positions: PositionEncoding) -> TrainingMemory {
      var model = Self.model
      model.positions = positions
      var options = TrainerOptions()
      options.float32Products = .library
      let lengths = TrainingMemory.Lengths(source: 40, target: 40, batch: 4096)
      return TrainingMemory(
        model, options: options, lengths: lengths, text: 0, validationTokens: 512)
    }
    let (sinusoidal, learned, rotary) = (memory(.sinusoidal), memory(.learned), memory(.rotary))
    let alibi = memory(.alibi)
    let table = 1024 * 512 * 4
    #expect(learned.gradients == sinusoidal.gradients + 2 * table)
    // With both moments and the average, but no constants.
    #expect(learned.weights == sinusoidal.weights + 4 * 2 * table - 2 * table)
    #expect(rotary.gradients == sinusoidal.gradients)
    #expect(rotary.weights == sinusoidal.weights - 2 * table + 2 * table / 8)
    #expect(alibi.gradients == sinusoidal.gradients)
    #expect(alibi.weights == sinusoidal.weights - 2 * table)
  }

  @Test func rDropNeedsTwiceTheActivationsUpToTheLimit() {
    func memory(_ alpha: Float, batch: Int) -> Int {
      var options = TrainerOptions()
      options.regularization.rDrop = alpha
      return TrainingMemory(
        model, options: options, lengths: .init(source: 40, target: 40, batch: batch), text: 0,
        validationTokens: 512
      ).activations
    }
    // The chunk of logits keeps its size, except for its inputs.
    let (once, twice) = (memory(0, batch: 256), memory(5, batch: 256))
    #expect(twice > once * 3 / 2 && twice < 2 * once)
    #expect(memory(5, batch: 4096) == memory(0, batch: 4096))
  }

  /// With almost no memory for activations, validation determines the total.
  @Test func validationCounts() {
    let memory = Self.memory(shards: 1, limit: 1)
    #expect(memory.total == memory.program + memory.weights + memory.validation)
    #expect(memory.validation > 2 * memory.gradients)
  }
}
