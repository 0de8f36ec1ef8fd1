import Models
import Tensors
import TestSupport
import Testing

@Suite struct RoundingReportTests {
  @Test(arguments: [WeightType.bfloat16, .int8]) func errorsAreThoseOfTheDefinition(_ type: WeightType) throws
  {
    let model = SmallModel()
    let after = try StoredModel(model, as: type).read().weights
    let report = RoundingReport(model.architecture, before: ModelWeights(model.weights), after: after)
    let rounded = try StoredModel.rounded(model, to: type)
    var names: [String] = []
    for item in model.architecture.parameters where item.extents.count == 2 {
      names.append(item.name)
      let pairs = zip(model.weights.array(item.range), rounded.array(item.range))
      let squares = pairs.reduce(into: (change: 0.0, whole: 0.0)) { sums, pair in
        let (exact, value) = (Double(pair.0), Double(pair.1))
        sums.change += (exact - value) * (exact - value)
        sums.whole += exact * exact
      }
      let error = try #require(report.rounded.first { $0.name == item.name }?.error)
      #expect(abs(error - (squares.change / squares.whole).squareRoot()) < 1e-9)
      #expect(error > 0 && error < (type == .int8 ? 0.02 : 0.004))
    }
    #expect(report.rounded.map(\.name) == names)
    #expect(Set(report.kept + names) == Set(model.architecture.parameters.map(\.name)))
    #expect(report.greatest?.error == report.rounded.map(\.error).max())
  }

  @Test func nothingIsRounded() {
    let model = SmallModel()
    let weights = ModelWeights(model.weights)
    let report = RoundingReport(model.architecture, before: weights, after: weights)
    #expect(report.rounded.isEmpty && report.greatest == nil)
    #expect(report.kept.count == model.architecture.parameters.count)
  }
}
