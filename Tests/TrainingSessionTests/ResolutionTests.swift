import Models
import Testing
import Training
import TrainingSession

@Suite struct ResolutionTests {
  func resolved(_ change: (inout TrainingRequest) -> Void = { _ in }) throws -> TrainingSettings {
    var request = TrainingRequestTests.sound()
    change(&request)
    try request.validate()
    return try request.resolved(
      ResolutionContext(sourceVocabulary: 50, targetVocabulary: 50, isJoint: true, vocabularyFolder: "vocab"))
  }

  @Test(
    arguments: zip(
      [PresetName.tiny, .small, .base, .big],
      [(128, 5e-3, 2000), (256, 1e-3, 2000), (512, 7e-4, 4000), (1024, 5e-4, 4000)]))
  func aPresetDecidesSizeRateAndWarmUp(_ preset: PresetName, _ expected: (Int, Double, Int)) throws {
    let settings = try resolved { $0.architecture.preset = preset }
    #expect(settings.model.size == expected.0)
    #expect(settings.trainer.schedule.peak == expected.1)
    #expect(settings.trainer.schedule.warmup == expected.2)
  }

  @Test func whatWasGivenTakesThePlaceOfThePreset() throws {
    let settings = try resolved {
      ($0.architecture.encoderLayers, $0.architecture.size, $0.architecture.heads) = (3, 96, 3)
      ($0.regularization.dropout, $0.regularization.attentionDropout) = (0.25, 0.125)
      ($0.schedule.learningRate, $0.schedule.warmup) = (0.004, 7)
      ($0.stopping.timeBudget, $0.stopping.maxUpdates) = (.seconds(90), 30)
      ($0.batches.tokens, $0.batches.accumulate, $0.batches.seed) = (64, 2, 9)
      $0.machine.shards = 5
    }
    #expect((settings.model.encoderLayers, settings.model.decoderLayers) == (3, 6))
    #expect((settings.model.size, settings.model.innerSize, settings.model.heads) == (96, 1024, 3))
    #expect((settings.model.dropout, settings.model.attentionDropout) == (0.25, 0.125))
    #expect((settings.trainer.schedule.peak, settings.trainer.schedule.warmup) == (0.004, 7))
    #expect((settings.plan.timeBudget, settings.plan.maxUpdates) == (90, 30))
    #expect((settings.corpora.batchTokens, settings.plan.batchesPerUpdate) == (64, 2))
    #expect((settings.trainer.seed, settings.corpora.seed, settings.trainer.shards) == (9, 9, 5))
  }

  /// A first draft needs memory, so a limit on updates alone must not look like glancing.
  @Test func withoutGlancingThereIsNoScheduleOfIt() throws {
    #expect(
      try resolved { $0.stopping.maxUpdates = 30 }.trainer.nonautoregressive.glancing == GlancingSchedule())
    let glancing = try resolved {
      ($0.decoder.name, $0.decoder.glancing, $0.stopping.maxUpdates) = (.both, 0.5, 30)
    }.trainer.nonautoregressive.glancing
    #expect(glancing == GlancingSchedule(first: 0.5, last: 0.5, updates: 30))
  }

  /// What is planned before there is a text is what is trained.
  @Test func aDescriptionIsThatOfTheTraining() throws {
    var request = TrainingRequest()
    (request.architecture.preset, request.architecture.heads) = (.base, 16)
    (request.decoder.name, request.batches.maxLength) = (.both, 2000)
    let described = try request.description(sourceVocabulary: 50, targetVocabulary: 50, isJoint: true)
    let settings = try resolved {
      ($0.architecture, $0.decoder, $0.batches) = (request.architecture, request.decoder, request.batches)
    }
    #expect(described.model == settings.model && described.trainer.threads == settings.trainer.threads)
    request.architecture.preset = .auto
    #expect(throws: TrainingRequestError.self) {
      try request.description(sourceVocabulary: 50, targetVocabulary: 50, isJoint: true)
    }
  }

  @Test func aTargetScoreReachesThePlanAndAGivenWarmupIsKnown() throws {
    #expect(try resolved().plan.selection.target == nil)
    #expect(try resolved { $0.stopping.targetScore = 30 }.plan.selection.target == 30)
    var schedule = ScheduleRequest()
    #expect(schedule.warmupLimit == .standard)
    schedule.warmup = 2000
    #expect(schedule.warmupLimit == .given)
  }

  @Test func learnedPositionsEndWithTheLongestSentenceAndOthersDoNot() throws {
    let learned = try resolved {
      ($0.architecture.positions, $0.batches.maxLength) = (.learned, 20)
    }
    #expect(learned.model.maxPositions == 21)
    #expect(try resolved { $0.batches.maxLength = 20 }.model.maxPositions > 21)
  }

  @Test func tiedEmbeddingsNeedAJointVocabulary() throws {
    var request = TrainingRequestTests.sound()
    let separate = ResolutionContext(
      sourceVocabulary: 50, targetVocabulary: 60, isJoint: false, vocabularyFolder: "vocab")
    #expect(try request.resolved(separate).model.tying == .decoder)
    request.architecture.tying = .all
    #expect(throws: TrainingRequestError.self) { try request.resolved(separate) }
  }

  @Test func filesGetTheirWeightsAndTags() throws {
    let settings = try resolved {
      ($0.files.trainSource, $0.files.trainTarget) = (["a.en", "b.en"], ["a.de", "b.de"])
      ($0.corpora.trainWeight, $0.corpora.prefixSource) = ([1, 0.5], ["<a>", ""])
      $0.corpora.validPrefixSource = ["<a>"]
    }
    #expect(
      settings.corpora.train == [
        TextFiles(source: "a.en", target: "a.de", weight: 1, tag: "<a>"),
        TextFiles(source: "b.en", target: "b.de", weight: 0.5),
      ])
    #expect(settings.corpora.valid == [TextFiles(source: "v.en", target: "v.de", tag: "<a>")])
  }

  @Test func distillationReplacesTheTargetsOrPrecedesThem() throws {
    let replaced = try resolved { $0.distillation.teacher = "teacher" }
    #expect(
      replaced.corpora.train == [TextFiles(source: "a.en", target: "model/distilled/1.txt")])
    let both = try resolved {
      ($0.distillation.teacher, $0.distillation.withOriginal) = ("teacher", true)
      ($0.corpora.trainWeight, $0.corpora.prefixSource) = ([2], ["<a>"])
    }
    #expect(both.corpora.train.map(\.target) == ["model/distilled/1.txt", "a.de"])
    #expect(both.corpora.train.allSatisfy { $0.weight == 2 && $0.tag == "<a>" && $0.source == "a.en" })
    #expect(both.distillation?.translations.map(\.tag) == ["<a>"])
  }

  @Test func whatSomethingDependsOnIsMeasured() throws {
    let settings = try resolved {
      ($0.validation.bestBy, $0.validation.stopBy) = (.perplexity, [.chrf])
      $0.validation.script = "score"
    }
    #expect(settings.validation.measured == [.perplexity, .chrf, .script])
    #expect(settings.validation.script == .init(command: "score", timeout: .seconds(600)))
    #expect(settings.plan.selection.bestBy == .perplexity)
  }

  @Test func regularizationIsRecordedByTheNumbersThatWereGiven() throws {
    #expect(try resolved().regularization == nil)
    let settings = try resolved {
      ($0.regularization.rDrop, $0.regularization.wordDropout) = (5, 0.1)
      $0.alignment.files = ["a.align"]
    }
    #expect(settings.regularization == ["r_drop": 5, "word_dropout": 0.1, "guided_alignment": 0.1])
  }
}
