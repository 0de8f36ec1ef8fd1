import Autodiff
import Files
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokens

@Suite struct WeightTypeTests {
  private static let variants: [@Sendable (inout ModelConfiguration) -> Void] = [
    { $0.tying = .all },
    { ($0.tying, $0.normPlacement) = (.none, .pre) },
    { ($0.tying, $0.positions) = (.decoder, .learned) },
    { ($0.positions, $0.activation, $0.usesBias) = (.rotary, .swiglu, false) },
  ]

  private static let smallTypes: [WeightType] = [.bfloat16, .int8]

  /// Everything that a model computes in inference.
  private func results(_ trained: TrainedTransformer, _ model: SmallModel) -> [[Float]] {
    let (source, target) = (TokenBatch(model.source), TokenBatch(model.target))
    var state = trained.start(source)
    var scores: [[Float]] = []
    for token: TokenID in [SpecialTokens.standard.beginning, 9, 4] {
      scores.append([])
      trained.step(
        [TokenID](repeating: token, count: model.source.count), &state, scores: &scores[scores.count - 1])
    }
    let best = trained.bestTokens(
      after: [TokenID](repeating: 5, count: model.source.count), &state,
      excluding: [[TokenID]](repeating: [SpecialTokens.standard.unknown], count: model.source.count))
    let likelihood = trained.encode(source).logProbabilities(model.target.enumerated().map { ($0, $1) })
    return scores + likelihood + [best.map { Float($0 ?? -1) }]
      + [[Float(trained.loss(source: source, target: target).loss)]]
  }

  /// The same bits as with float32 weights that were rounded in advance.
  @Test(arguments: variants.indices, smallTypes)
  func aFileComputesWhatItsRoundedWeightsCompute(_ variant: Int, _ type: WeightType) throws {
    let model = SmallModel(Self.variants[variant])
    let stored = try StoredModel(model, as: type)
    let read = try stored.read()
    let expected = TrainedTransformer(
      model.architecture, weights: try StoredModel.rounded(model, to: type))
    #expect(read.weights.array == expected.weights.array)
    #expect(read.weights.array != model.weights.array)
    #expect(results(read, model) == results(expected, model))
  }

  @Test(arguments: WeightType.allCases) func matricesHaveTheTypeAndVectorsAreFloats(_ type: WeightType) throws
  {
    let model = SmallModel()
    let stored = try StoredModel(model, as: type)
    let (file, weights) = (try SafetensorsReader(path: stored.path), try stored.read().weights)
    let names: [WeightType: SafetensorsType] = [.float32: .float32, .bfloat16: .bfloat16, .int8: .int8]
    var bytes = 0
    for item in model.architecture.parameters {
      let expected: WeightType = item.extents.count == 2 ? type : .float32
      #expect(weights.type(of: item.parameter) == expected, "\(item.name)")
      #expect(file.entry(item.name)?.dtype == names[expected])
      let scales = file.entry(item.name + "_scale")
      #expect(scales?.shape == (expected == .int8 ? [item.parameter.shape.rows, 1] : nil))
      let rows = scales == nil ? 0 : item.parameter.shape.rows
      bytes +=
        item.range.count * [WeightType.float32: 4, .bfloat16: 2, .int8: 1][expected, default: 0] + 4 * rows
    }
    // Only what is in the file is kept, without a float32 copy of all weights.
    #expect(weights.byteCount == bytes)
    #expect(file.metadata["format"] == "pt")
    #expect(file.metadata["weights"] == (type == .float32 ? nil : type.rawValue))
    #expect(file.metadata["weights_format"] == (type == .float32 ? nil : "1"))
  }

  /// Other programs read such files, and earlier versions wrote them.
  @Test func filesOfFloatsAreAsTheyWere() throws {
    let model = SmallModel()
    let stored = try StoredModel(model, as: .float32)
    let tensors = model.architecture.parameters.map {
      SafetensorsFile.Tensor(name: $0.name, shape: $0.extents, values: model.weights.array($0.range))
    }
    try SafetensorsFile(tensors, metadata: ["format": "pt"]).write(path: stored.folder("expected"))
    #expect(try readFile(path: stored.path) == readFile(path: stored.folder("expected")))
  }

  /// All tensors are aligned for programs that map the file.
  @Test(arguments: smallTypes) func largerNumbersComeFirst(_ type: WeightType) throws {
    let stored = try StoredModel(SmallModel { $0.innerSize = 33 }, as: type)
    let sizes = try SafetensorsReader(path: stored.path).entries.map(\.dtype.size)
    #expect(sizes == sizes.sorted(by: >) && Set(sizes).count == 2)
  }

  @Test(arguments: WeightType.allCases) func writingWhatWasReadGivesTheSameFile(_ type: WeightType) throws {
    let stored = try StoredModel(SmallModel(), as: type)
    let again = try TemporaryFolder()
    try ModelFiles.write(stored.read(), as: type, metadata: ["format": "pt"], folder: again.path)
    #expect(try readFile(path: again(ModelFiles.weights)) == readFile(path: stored.path))
  }

  @Test(arguments: smallTypes) func trainingStartsWithTheConvertedWeights(_ type: WeightType) throws {
    let stored = try StoredModel(SmallModel(), as: type)
    let architecture = stored.model.architecture
    let buffer = try architecture.readParameters(SafetensorsReader(path: stored.path), path: stored.path)
    #expect(try buffer.array == stored.read().weights.array)
    // Averages too: of this file and the one that it was rounded from.
    let exact = try StoredModel(stored.model, as: .float32)
    let mean = try architecture.averageOfParameters(paths: [stored.path, exact.path])
    let expected = zip(buffer.array, stored.model.weights.array).map { Float((Double($0) + Double($1)) / 2) }
    #expect(mean.array == expected)
    #expect(try architecture.averageOfParameters(paths: [stored.path]).array == buffer.array)
  }

  @Test(arguments: smallTypes, [Float.nan, .infinity])
  func whatCannotBeRoundedIsRefusedByName(_ type: WeightType, _ value: Float) throws {
    let model = SmallModel()
    let item = model.architecture.parameters[7]
    model.weights.replace(at: item.parameter.offset + 3, with: [value])
    #expect {
      _ = try StoredModel(model, as: type)
    } throws: {
      "\($0)".contains(
        "tensor '\(item.name)' has a value that is NaN, infinite or too large for \(type.rawValue)")
    }
  }

  // MARK: - The error of rounding

  /// Rounding the output layer alone moves a logit by at most half a scale of its row times Σ |x|.
  @Test func logitsMoveByNoMoreThanHalfAScale() throws {
    let model = SmallModel { $0.tying = .none }
    let read = try StoredModel(model, as: .int8).read()
    let output = try #require(model.architecture.parameters.first { $0.name == "lm_head.weight" })
    guard case .int8(_, let scales) = read.weights.values(of: output.parameter) else {
      Issue.record("the output layer is not int8")
      return
    }
    let (rows, size) = (9, output.extents[1])
    let x = randomValues(rows * size, seed: 4)
    func logits(_ packed: PackedProducts) -> [Float] {
      var y = [Float](repeating: 0, count: rows * output.extents[0])
      packed.multiply(x, rows: rows, weight: output.parameter, bias: nil, into: &y)
      return y
    }
    let (exact, rounded) = (logits(PackedProducts(model.weights)), logits(PackedProducts(read.weights)))
    var largest: Float = 0
    for row in 0..<rows {
      let sum = x[row * size..<(row + 1) * size].reduce(0) { $0 + abs($1) }
      for (token, scale) in scales.enumerated() {
        let index = row * scales.count + token
        let share = abs(exact[index] - rounded[index]) / (scale / 2 * sum)
        largest = max(largest, share)
      }
    }
    #expect(largest <= 1.0001)
    #expect(largest > 0.1, "rounding shows")
  }

  /// The loss moves according to its derivatives: by at most Σ |∂loss/∂w| · error(w), where the error of a weight is
  /// half a scale, or 2⁻⁸ of a bfloat16's binade.
  @Test(arguments: smallTypes) func theLossMovesAsItsDerivativesSay(_ type: WeightType) throws {
    let model = SmallModel { $0.dropout = 0 }
    let read = try StoredModel(model, as: type).read()
    let (source, target) = (TokenBatch(model.source), TokenBatch(model.target))
    let gradients = FlatBuffer(count: model.weights.count)
    let tape = Tape(training: model.weights, gradients: gradients)
    let exact = model.architecture.loss(
      source: source, target: target, objective: TrainingObjective(), on: tape)
    tape.backward()
    var bound = 0.0
    for item in model.architecture.parameters where item.extents.count == 2 {
      let (values, derivatives) = (model.weights.array(item.range), gradients.array(item.range))
      for (index, derivative) in derivatives.enumerated() {
        let row = index / item.extents[1] * item.extents[1]
        let greatest = values[row..<row + item.extents[1]].reduce(0) { max($0, abs($1)) }
        let half = type == .int8 ? greatest / 127 / 2 : values[index].binade.magnitude * 0x1p-8
        bound += Double(abs(derivative) * half)
      }
    }
    let moved = abs(read.loss(source: source, target: target).loss - exact.loss)
    #expect(moved <= bound && moved > 0)
  }
}
