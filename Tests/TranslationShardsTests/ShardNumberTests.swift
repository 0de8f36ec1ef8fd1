import Testing
import TranslationShards

@Suite struct ShardNumberTests {
  @Test(arguments: [("1/1", 1, 1), ("3/100", 3, 100), ("1000000/1000000", 1_000_000, 1_000_000)])
  func numbersAreRead(text: String, number: Int, count: Int) {
    #expect(ShardNumber(text) == ShardNumber(number, of: count))
  }

  @Test(arguments: [
    "", "/", "3", "3/", "/3", "0/3", "4/3", "-1/3", "+1/3", " 1/3", "1/3/5", "a/b", "1/0", "1/1000001",
    "1/99999999999999999999", "١/٣",
  ])
  func otherTextIsNot(text: String) { #expect(ShardNumber(text) == nil) }

  @Test(arguments: [
    ([], ""), ([4], "4"), ([1, 2, 3], "1-3"), ([3, 7, 38, 39, 40, 100], "3,7,38-40,100"),
  ])
  func rangesAreThoseOfSlurm(numbers: [Int], text: String) { #expect(rangesText(numbers) == text) }
}
