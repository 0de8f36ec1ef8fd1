import Recipes
import Testing
import Training
import TrainingSession

@Suite struct ChoiceTests {
  static let choices = [
    ("--preset", "base"), ("--source-language", "ja"), ("--separate", "true"), ("--merges", "500"),
    ("--precision", "float32"), ("--positions", "rotary"), ("--activation", "swiglu"),
    ("--inner-size", "176"), ("--batch-tokens", "1024"), ("--dropout", "0.2"), ("--label-smoothing", "0.1"),
    ("--bpe-dropout", "0.1"), ("--r-drop", "5"), ("--schedule", "linear"), ("--learning-rate", "0.0007"),
    ("--warmup", "40"), ("--validate-every", "25"), ("--patience", "0"),
  ].map { Choice($0.0, $0.1, because: "a reason", source: "a source") }

  @Test func everyChoiceIsTakenAndSaidAsItWasWritten() throws {
    var request = TrainingRequest()
    request.architecture.preset = .auto
    let completed = try request.completed(by: Self.choices)
    #expect(completed.architecture.preset == .base && completed.vocabulary.joint == false)
    #expect(completed.schedule.name == .linear && completed.schedule.learningRate == 0.0007)
    #expect(completed.stopping.validateEvery == .updates(25) && completed.regularization.dropout == 0.2)
    for choice in Self.choices where choice.option != "--separate" {
      let applied = request.applied(choice, in: completed)
      #expect(applied.value == choice.value && !applied.isGiven, "\(choice.option)")
    }
  }

  @Test func whatWasGivenStays() throws {
    var request = TrainingRequest()
    request.architecture.preset = .auto
    (request.batches.tokens, request.schedule.learningRate) = (4096, 0.01)
    (request.stopping.validateEvery, request.regularization.rDrop) = (.epochs(2), 0)
    let completed = try request.completed(by: Self.choices)
    #expect(completed.batches.tokens == 4096 && completed.schedule.learningRate == 0.01)
    let values = Self.choices.filter(request.isGiven).map { request.applied($0, in: completed).value }
    #expect(values == ["4096", "0", "0.01", "2epochs"])
  }

  @Test func aRateIsNotChosenForNoamWhichHasItsOwn() throws {
    var request = TrainingRequest()
    request.schedule.name = .noam
    #expect(try request.completed(by: Self.choices).schedule.learningRate == nil)
  }

  @Test func aValueThatCannotBeIsRefused() {
    let choice = Choice("--warmup", "soon", because: "", source: "")
    #expect(throws: TrainingRequestError.self) { try TrainingRequest().completed(by: [choice]) }
  }
}
