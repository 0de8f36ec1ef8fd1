import Models
import Tensors
import Testing
import Training
import TrainingSession

@Suite struct TrainingRequestTests {
  /// A valid request.
  static func sound() -> TrainingRequest {
    var request = TrainingRequest(vocabulary: "vocab", model: "model")
    (request.files.trainSource, request.files.trainTarget) = (["a.en"], ["a.de"])
    (request.files.validSource, request.files.validTarget) = (["v.en"], ["v.de"])
    return request
  }

  @Test func aRequestWithTextAndFoldersIsSound() throws {
    try Self.sound().validate()
  }

  @Test func whatMustBeGivenIsNamed() {
    let everything = [
      "--vocab", "--train-source", "--train-target", "--valid-source", "--valid-target", "--model",
    ]
    #expect(throws: TrainingRequestError.missing(everything)) { try TrainingRequest().validate() }
    var automatic = TrainingRequest()
    automatic.architecture.preset = .auto
    #expect(throws: TrainingRequestError.missing(["--train-source", "--train-target", "--model"])) {
      try automatic.validate()
    }
    var memory = TrainingRequest(vocabulary: "vocab", model: "model")
    (memory.files.train, memory.files.valid) = (["a.tmx"], ["b.tmx"])
    memory.vocabulary.targetLanguage = "de"
    #expect(throws: Never.self) { try memory.validate() }
    var streamed = Self.sound()
    Self.prepared(&streamed)
    #expect(throws: Never.self) { try streamed.validate() }
    var tuned = Self.sound()
    (tuned.files.vocabulary, tuned.start.folder) = ("", "other")
    #expect(throws: Never.self) { try tuned.validate() }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let words: String
    let make: @Sendable (inout TrainingRequest) -> Void

    init(_ words: String, _ make: @escaping @Sendable (inout TrainingRequest) -> Void) {
      (self.words, self.make) = (words, make)
    }

    var testDescription: String { words }
  }

  /// With a prepared corpus in place of text.
  private static func prepared(_ request: inout TrainingRequest) {
    (request.files.trainSource, request.files.trainTarget) = ([], [])
    request.files.trainCorpus = "corpus"
  }

  static let faults = [
    Fault("'--train -' is read more than once") { $0.files.train = ["-"] },
    Fault("'--corpus-window' needs '--train-corpus'") { $0.batches.corpusWindow = 5 },
    Fault("'--train-corpus' stands for all of the training text") { $0.files.trainCorpus = "corpus" },
    Fault("'--preset auto' and '--train-corpus' cannot be used together") {
      prepared(&$0)
      $0.architecture.preset = .auto
    },
    Fault("'--bpe-dropout' and '--train-corpus'") {
      prepared(&$0)
      $0.regularization.bpeDropout = 0.1
    },
    Fault("'--preset student' and '--train-corpus' cannot be used together: a prepared corpus has no word") {
      prepared(&$0)
      $0.architecture.preset = .student
    },
    Fault("'--guided-alignment' and '--train-corpus'") {
      prepared(&$0)
      $0.alignment.files = ["auto"]
    },
    Fault("to see a file twice, name it twice to prepare-corpus") {
      prepared(&$0)
      $0.corpora.trainWeight = [2]
    },
    Fault("give '--prefix-source' to prepare-corpus, and '--valid-prefix-source' here") {
      prepared(&$0)
      $0.corpora.prefixSource = ["<2de>"]
    },
    Fault("'--distill-from' and '--train-corpus'") {
      prepared(&$0)
      $0.distillation.teacher = "teacher"
    },
    Fault("'--keep-tags' is about the files of '--train' and '--valid'") { $0.files.keepsTags = true },
    Fault("2 weights by '--train-weight' for 3 pairs of files") {
      ($0.files.train, $0.corpora.trainWeight) = (["a.tmx", "b.tmx"], [1, 2])
    },
    Fault("'--source-language'") { ($0.files.train, $0.vocabulary.sourceLanguage) = (["a.tmx"], "english!") },
    Fault("give as many of both") { $0.files.trainSource += ["b.en"] },
    Fault("name a file for '--valid-source'") { $0.files.validSource = ["-"] },
    Fault("cannot be used together") { ($0.files.resume, $0.files.overwrite) = (true, true) },
    Fault("'--separate' goes with '--preset auto'") { $0.vocabulary.joint = false },
    Fault("2 weights by '--train-weight' for 1 pair of files") { $0.corpora.trainWeight = [1, 2] },
    Fault("'--freeze' keeps what another model") { $0.start.freeze = [.encoder] },
    Fault("'--distill-beam' needs '--distill-from'") { $0.distillation.beam = 5 },
    Fault("'--upsampling' needs '--decoder nonautoregressive'") { $0.decoder.upsampling = 3 },
    Fault("'--glancing-end' needs '--max-updates'") {
      ($0.decoder.name, $0.decoder.glancing, $0.decoder.glancingEnd) = (.both, 0.5, 0.3)
    },
    Fault("'--momentum' has no effect with '--optimizer adam'") { $0.optimizer.momentum = 0.5 },
    Fault("'--float32-products' has no effect with '--precision bfloat16'") {
      ($0.machine.precision, $0.machine.float32Products) = (.bfloat16, .library)
    },
    Fault("'--optimizer sgd' needs '--learning-rate'") { $0.optimizer.name = .sgd },
    Fault("'--r-drop' has no effect without '--dropout'") {
      ($0.regularization.rDrop, $0.regularization.dropout) = (5, 0)
    },
    Fault("'--layer-drop' would leave out the only layer of the decoder") {
      ($0.regularization.layerDrop, $0.architecture.decoderLayers) = (0.1, 1)
    },
    Fault("'--schedule cosine' must know when it ends") { $0.schedule.name = .cosine },
    Fault("a warm-up of 2000 updates leaves nothing of a schedule of 1000") {
      ($0.schedule.name, $0.stopping.maxUpdates) = (.linear, 1000)
    },
    Fault("above the peak of the learning rate, 0.001") { $0.schedule.minLearningRate = 0.01 },
    Fault("no '--guided-alignment-layer 7': the decoder has 6") {
      ($0.alignment.files, $0.alignment.layer) = (["a.align"], 7)
    },
    Fault("'0' is not a value for '--threads': expected a number, from 1 to 1024") { $0.machine.threads = 0 },
    Fault("'0' is not a value for '--batch-tokens': expected a number, at least 1") {
      $0.batches.tokens = 0
    },
    Fault("'1' is not a value for '--dropout': expected a number, at least 0 and below 1") {
      $0.regularization.dropout = 1
    },
    Fault("'nan' is not a value for '--label-smoothing'") { $0.regularization.labelSmoothing = .nan },
    Fault("'1' is not a value for '--average-last': expected a number, from 2 to 100000") {
      $0.averages.last = 1
    },
    Fault("'inf' is not a value for '--learning-rate': expected a number, above 0") {
      $0.schedule.learningRate = .infinity
    },
    Fault("'0' is not a value for '--train-weight'") { $0.corpora.trainWeight = [0] },
    Fault("'0' is not a value for '--time-budget'") { $0.stopping.timeBudget = .zero },
    Fault(
      "'0.97' is not a value for '--target-score' with '--best-by bleu': expected a number, from 1 to 100"
    ) {
      $0.stopping.targetScore = 0.97
    },
    Fault("'1' is not a value for '--target-score' with '--best-by perplexity': expected a number, above 1") {
      ($0.stopping.targetScore, $0.validation.bestBy) = (1, .perplexity)
    },
    Fault("'nan' is not a value for '--target-score'") { $0.stopping.targetScore = .nan },
    Fault("'--target-score' has no effect with '--validate-every 0'") {
      ($0.stopping.targetScore, $0.stopping.validateEvery) = (30, .updates(0))
    },
    Fault("'--keep-every' needs '--keep-checkpoints'") { $0.averages.keepEvery = .updates(5) },
    Fault("'--best-by script' needs '--valid-script'") { $0.validation.bestBy = .script },
    Fault("'--stop-by' has no effect with '--patience 0'") {
      ($0.validation.stopBy, $0.stopping.patience) = ([.bleu], 0)
    },
  ]

  @Test(arguments: faults) func whatDoesNotGoTogetherIsRefusedInTheWordsOfTheCommand(_ fault: Fault) throws {
    var request = Self.sound()
    fault.make(&request)
    let error = try #require(throws: TrainingRequestError.self) { try request.validate() }
    #expect(error.description.contains(fault.words), "\(error)")
  }

  @Test func aSessionChecksItsRequest() {
    #expect(throws: TrainingRequestError.self) { try TrainingSession(TrainingRequest()) }
  }

  @Test func onlyThePresetAutoHasSomethingToPlan() {
    #expect(throws: TrainingRequestError.self) { try Self.sound().validatePlan() }
    var automatic = Self.sound()
    automatic.architecture.preset = .auto
    #expect(throws: Never.self) { try automatic.validatePlan() }
    automatic.files.resume = true
    #expect(throws: TrainingRequestError.self) { try automatic.validatePlan() }
  }
}
