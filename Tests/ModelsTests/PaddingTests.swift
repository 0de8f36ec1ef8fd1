import Autodiff
import Layers
import Models
import TestSupport
import Testing
import Tokens

/// The content of a padded position must not change a result by a single bit.
@Suite struct PaddingTests {
  /// The same sentences in a wider rectangle, with any tokens after their ends.
  private func garbage(_ sentences: [[TokenID]], width: Int, fill: (Int) -> TokenID) -> TokenBatch {
    var ids: [TokenID] = []
    for sentence in sentences {
      ids += sentence
      for _ in sentence.count..<width { ids.append(fill(ids.count)) }
    }
    return TokenBatch(ids: ids, lengths: sentences.map(\.count), width: width)
  }

  @Test(arguments: NormPlacement.allCases)
  func garbageBehindSentencesChangesNothing(_ placement: NormPlacement) {
    // Dropout is on: not even its masks may depend on padding.
    let model = SmallModel {
      $0.normPlacement = placement
      $0.attentionDropout = 0.1
    }
    let (source, target) = (TokenBatch(model.source), TokenBatch(model.target))
    let logits = model.logits(source, target)
    let (sum, gradients) = model.lossAndGradients(source, target)
    // The last is not a token at all.
    for fill in [{ (_: Int) in SpecialTokens.standard.end }, { TokenID($0 % 31) }, { _ in 999_999 }] {
      let dirtySource = garbage(model.source, width: 25, fill: fill)
      let dirtyTarget = garbage(model.target, width: 33, fill: fill)
      #expect(model.logits(dirtySource, dirtyTarget) == logits)
      let (dirtySum, dirtyGradients) = model.lossAndGradients(dirtySource, dirtyTarget)
      #expect(dirtySum == sum)
      #expect(dirtyGradients == gradients)
    }
  }

  @Test func sentencesOfNothingAreNoTokens() {
    let model = SmallModel { $0.dropout = 0 }
    let (sum, gradients) = model.lossAndGradients(TokenBatch(model.source), TokenBatch(model.target))
    let (padded, paddedGradients) = model.lossAndGradients(
      TokenBatch([[]] + model.source), TokenBatch([[]] + model.target))
    #expect(padded == sum)
    #expect(paddedGradients == gradients)
    let (none, noGradients) = model.lossAndGradients(TokenBatch([]), TokenBatch([]))
    #expect(none == LossSum())
    #expect(noGradients.allSatisfy { $0 == 0 })
  }
}
