import Models
import Testing
import Training
import TrainingSession

@Suite struct MemoryPlanTests {
  let lengths = TrainingMemory.Lengths(source: 60, target: 60, batch: 4096)

  func plan(
    _ preset: ModelPreset = .tiny, limit: Int? = nil, shards: Int = 2, processes: Int = 1
  ) -> MemoryPlan {
    var options = TrainerOptions()
    (options.shards, options.threads, options.activationLimit) = (shards, 2, limit)
    return MemoryPlan(
      preset.configuration(sourceVocabularySize: 1000, targetVocabularySize: 1000), options,
      lengths: lengths, text: 1 << 20, processes: processes)
  }

  @Test func aPlanThatFitsStaysAsItIs() throws {
    var plan = plan()
    let before = plan.options.activationLimit
    try plan.fit(1 << 34, keepsPieces: false)
    #expect(plan.options.activationLimit == before && plan.validationTokens == 1024)
  }

  @Test func lessMemoryMakesSmallerPiecesAndValidations() throws {
    var plan = plan()
    let (limit, need) = (try #require(plan.options.activationLimit), plan.memory.total)
    let bound = need - need / 8
    try plan.fit(bound, keepsPieces: false)
    #expect(try #require(plan.options.activationLimit) < limit)
    #expect(plan.memory.total <= bound)
  }

  /// The result of a training depends on its pieces.
  @Test func processesNeedMemoryForTheirShardsAndHaveThePiecesOfOne() throws {
    let alone = plan(shards: 8)
    let bound = alone.memory.total * 3 / 4
    let all = try [1, 2, 4].map { processes in
      var plan = plan(shards: 8, processes: processes)
      #expect(plan.memory.shards == 8 / processes)
      try plan.fit(bound, keepsPieces: false)
      return plan
    }
    #expect(try #require(all[0].options.activationLimit) < #require(alone.options.activationLimit))
    #expect(Set(all.map(\.options.activationLimit)).count == 1)
    #expect(all[2].memory.total < all[0].memory.total * 2 / 3)
  }

  @Test func piecesOfARunThatIsResumedStay() throws {
    var plan = plan(limit: 3_000_000)
    _ = try? plan.fit(plan.memory.total - 1, keepsPieces: true)
    #expect(plan.options.activationLimit == 3_000_000)
  }

  @Test func tooLittleMemoryIsRefusedWithWhatIsNeeded() throws {
    var plan = plan(.big)
    let error = try #require(throws: TrainingRequestError.self) {
      try plan.fit(100 << 20, keepsPieces: false)
    }
    #expect(error.description.contains("--max-memory 100 MiB is too little: training needs"))
    #expect(error.description.contains("choose a smaller --preset"))
  }
}
