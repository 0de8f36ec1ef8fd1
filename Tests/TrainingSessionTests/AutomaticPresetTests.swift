import Files
import Glibc
import Recipes
import TestSupport
import Testing
import Training
import TrainingSession

@Suite struct AutomaticPresetTests {
  func request(_ text: ToyText) -> TrainingRequest {
    var request = text.request(updates: 3)
    (request.files.vocabulary, request.files.validSource, request.files.validTarget) = ("", [], [])
    request.architecture.preset = .auto
    request.stopping = StoppingRequest()
    (request.stopping.maxUpdates, request.batches) = (3, BatchRequest())
    return request
  }

  @Test func aPlanChoosesAndWritesNothing() async throws {
    let text = try ToyText(pairs: 400)
    let events = Events()
    let choices = try await TrainingSession(request(text)).plan(observe: events.add)
    #expect(choices.first { $0.choice.option == "--preset" }?.value == "tiny")
    let learningRate = try #require(choices.first { $0.choice.option == "--learning-rate" })
    #expect(learningRate.value == "0.005" && !learningRate.isGiven)
    #expect(!folderExists(text.folder("model")))
    let tables = events.list.filter { if case .chosen = $0 { true } else { false } }
    #expect(tables.count == 1)
  }

  @Test func aTrainingMakesVocabularyAndValidationTextAndResumesWithItsChoices() async throws {
    let text = try ToyText(pairs: 400)
    var request = request(text)
    request.schedule.learningRate = 0.001
    let outcome = try await TrainingSession(request).run()
    for name in ["recipe.json", "vocab.txt", "valid.source.txt", "valid.target.txt"] {
      #expect(fileExists(text.folder("model/\(name)")), "\(name)")
    }
    #expect(outcome.settings.vocabularyFolder == text.folder("model/checkpoints/vocabulary"))
    #expect(outcome.settings.trainer.schedule.peak == 0.001)
    #expect(outcome.settings.choices.first { $0.choice.option == "--learning-rate" }?.isGiven ?? false)
    request.files.resume = true
    let events = Events()
    let resumed = try await TrainingSession(request).run(observe: events.add)
    #expect(events.notices.first == .choicesFound(path: text.folder("model/recipe.json")))
    #expect(resumed.settings.choices == outcome.settings.choices)
    #expect(resumed.settings.model == outcome.settings.model)
  }

  /// Strings of software: one line is most of the text.
  @Test func repeatedLinesLeaveEnoughToTrainOn() async throws {
    let text = try ToyText(pairs: 400)
    let pairs = ToyText.pairs(0..<400)
    try text.write(
      pairs.enumerated().map { $0.offset % 2 == 0 ? ("open the file .", "öffnen .") : $0.element }, "train")
    let events = Events()
    _ = try await TrainingSession(request(text)).plan(observe: events.add)
    let profiles = events.list.compactMap { if case .profiled(let profile) = $0 { profile } else { nil } }
    #expect(profiles.map(\.pairs) == [380])
    try text.write(Array(repeating: ("open the file .", "öffnen ."), count: 300), "train")
    let error = RecipeError.tooFewLines(0, pairs: 300, paths: [text.folder("train.en")])
    await #expect(throws: error) { try await TrainingSession(request(text)).run() }
    #expect("\(error)".contains("repeat so often"))
  }

  @Test func textFromAPipeIsRefused() async throws {
    let text = try ToyText(pairs: 400)
    try #require(mkfifo(text.folder("pipe"), 0o600) == 0)
    var request = request(text)
    request.files.trainTarget = [text.folder("pipe")]
    await #expect { try await TrainingSession(request).plan() } throws: { error in
      ["'--preset auto'", "'\(text.folder("pipe"))' is a pipe", "'--train-target'"].allSatisfy {
        "\(error)".contains($0)
      }
    }
  }

  @Test(arguments: [("jpn", nil), ("english", "did you mean 'en'?"), ("zz", "'--source-language': 'zz'")])
  func languageIsChecked(code: String, words: String?) throws {
    var request = request(try ToyText())
    request.vocabulary.sourceLanguage = code
    guard let words else { return try request.validate() }
    #expect { try request.validate() } throws: { "\($0)".contains(words) }
  }

  @Test func aTrainingThatWasNotAutomaticCannotResumeAsOne() async throws {
    let text = try ToyText()
    _ = try await TrainingSession(text.request(updates: 1)).run()
    var request = request(text)
    request.files.resume = true
    let path = text.folder("model/recipe.json")
    await #expect(throws: RecipeError.none(path: path)) { try await TrainingSession(request).run() }
  }
}
