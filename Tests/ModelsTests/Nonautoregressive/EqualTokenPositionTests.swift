import Models
import TestSupport
import Testing
import Tokens

@Suite struct EqualTokenPositionTests {
  /// If a decoder reads the same token everywhere, only positions distinguish its rows.
  @Test(arguments: PositionEncoding.allCases, [NonautoregressiveMethod.maskPredict, .length])
  func positionsThatReadTheSamePredictDifferentTokens(
    positions: PositionEncoding, method: NonautoregressiveMethod
  ) {
    var part = NonautoregressiveConfiguration(method: method)
    part.layers = 1
    let small = SmallModel {
      $0.positions = positions
      ($0.isAutoregressive, $0.nonautoregressive) = (false, part)
    }
    let model = TrainedTransformer(small.architecture, weights: small.weights)
    // A source of one word is stretched to equal words.
    let encoded = model.encode(TokenBatch([[7, SpecialTokens.standard.end]]))
    var rows: [[Float]] = []
    if method == .maskPredict {
      encoded.predict([(0, [TokenID](repeating: SpecialTokens.standard.mask, count: 4))]) {
        rows.append(elements($2))
      }
    } else {
      encoded.predict(stretched: [(0, 4)]) { rows.append(elements($2)) }
    }
    #expect(rows.count == 4)
    for (row, next) in zip(rows, rows.dropFirst()) {
      let difference = zip(row, next).map { abs($0 - $1) }.max() ?? 0
      #expect(difference > 1e-3, "where all read the same, rounding alone makes about 1e-6")
    }
  }

  private func elements(_ span: Span<Float>) -> [Float] { span.indices.map { span[$0] } }
}
