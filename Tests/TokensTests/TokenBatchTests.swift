import Testing
import Tokens

@Suite struct TokenBatchTests {
  @Test func sentencesArePaddedToTheLongest() {
    let batch = TokenBatch([[5, 6, 2], [7, 2], []])
    #expect(batch.ids == [5, 6, 2, 7, 2, 0, 0, 0, 0])
    #expect(batch.lengths == [3, 2, 0])
    #expect(batch.width == 3 && batch.count == 3 && batch.tokenCount == 5)
  }

  @Test func aSentenceIsWithoutItsPadding() {
    let batch = TokenBatch([[5, 6, 2], [7, 2], []])
    #expect((0..<3).map { Array(batch[sentence: $0]) } == [[5, 6, 2], [7, 2], []])
  }

  @Test func aBatchWithoutSentencesHasNoWidth() {
    #expect(TokenBatch([]) == TokenBatch(ids: [], lengths: [], width: 0))
  }
}
