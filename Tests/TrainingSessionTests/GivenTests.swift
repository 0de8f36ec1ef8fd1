import Testing
import TrainingSession

@Suite struct GivenTests {
  @Test func aSettingKnowsWhetherItWasGivenEvenToItsDefault() {
    var batches = BatchRequest()
    #expect(batches.tokens == 4096 && !batches.$tokens.isGiven)
    batches.tokens = 4096
    #expect(batches.tokens == 4096 && batches.$tokens.isGiven)
    #expect(batches != BatchRequest())
  }
}
