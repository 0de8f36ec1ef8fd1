import Testing
import Tokens

@Suite struct SpecialTokensTests {
  @Test func idsRiseAndAreThereOnce() {
    #expect(SpecialTokens.standard.ids == [0, 1, 2, 3])
    #expect(SpecialTokens(padding: 9, beginning: 9, end: 0, unknown: 1).ids == [0, 1, 9])
    #expect(SpecialTokens(padding: 9, beginning: 2, end: 2, unknown: 1).ids == [1, 2, 9])
  }

  @Test func eachRoleIsSpecial() {
    let special = SpecialTokens(padding: 9, beginning: 8, end: 0, unknown: 5)
    #expect((0..<11).filter { special.contains($0) } == [0, 5, 8, 9])
    #expect("\(special)" == "padding 9, beginning 8, end 0, unknown 5")
  }

  /// Marian's vocabularies have no padding, and their decoder starts without a token.
  @Test func absentTokensAreNone() {
    let special = SpecialTokens(
      padding: SpecialTokens.absent, beginning: SpecialTokens.absent, end: 0, unknown: 1)
    #expect(special.ids == [0, 1])
    #expect("\(special)" == "padding none, beginning none, end 0, unknown 1")
  }

  @Test func standardNamesAreInTheOrderOfIDs() {
    let special = SpecialTokens.standard
    let ids = [special.padding, special.beginning, special.end, special.unknown]
    #expect(ids.map { SpecialTokens.standardNames[Int($0)] } == ["<pad>", "<s>", "</s>", "<unk>"])
  }
}
