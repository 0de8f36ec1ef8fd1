import Autodiff
import Testing

@Suite struct LossSumTests {
  @Test func sumsAddUp() {
    var sum = LossSum(loss: 3, negativeLogLikelihood: 2, tokens: 1)
    sum += LossSum(loss: 5, negativeLogLikelihood: 6, tokens: 3)
    #expect(sum == LossSum(loss: 8, negativeLogLikelihood: 8, tokens: 4))
    #expect(sum.lossPerToken == 2)
    #expect(abs(sum.perplexity - 7.389056) < 1e-5)
  }
}
