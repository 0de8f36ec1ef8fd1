import Autodiff
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// Guided attention of a whole model.
@Suite struct GuidedAlignmentTests {
  private let model = SmallModel { ($0.dropout, $0.decoderLayers, $0.heads) = (0, 3, 3) }

  /// Links of every second token, but not of `</s>`.
  private var alignments: [[AlignmentLink]] {
    zip(model.source, model.target).enumerated().map { number, pair in
      number == 2
        ? []
        : stride(from: 0, to: pair.1.count - 1, by: 2).flatMap { target in
          [target, target + 3].map { UInt16($0 % pair.0.count) }.sorted().map {
            AlignmentLink(source: $0, target: UInt16(target))
          }
        }
    }
  }

  private func run(
    weights: FlatBuffer? = nil, seed: UInt64 = 11, aligned: Bool = true,
    _ change: (inout GuidedAlignment, inout Regularization) -> Void = { _, _ in }
  ) -> (sum: LossSum, gradients: [Float]) {
    var (guided, regularization) = (GuidedAlignment(), Regularization())
    change(&guided, &regularization)
    regularization.guidedAlignment = guided
    let weights = weights ?? model.weights
    let gradients = FlatBuffer(count: weights.count)
    let tape = Tape(training: weights, gradients: gradients)
    tape.reset(random: RandomSource(seed))
    let sum = model.architecture.loss(
      source: TokenBatch(model.source), target: TokenBatch(model.target),
      objective: TrainingObjective(labelSmoothing: 0.1, regularization: regularization),
      alignments: aligned ? alignments : nil, on: tape)
    tape.backward()
    return (sum, gradients.array)
  }

  /// A step along the gradient changes both losses by what the gradient says.
  @Test(arguments: [1, 2, 3], [1, 3])
  func gradientIsOfBothLosses(layer: Int, heads: Int) {
    func value(_ weights: FlatBuffer) -> (Double, [Float]) {
      let (sum, gradients) = run(weights: weights) { guided, _ in
        (guided.weight, guided.layer, guided.heads) = (5, layer, heads)
      }
      return (sum.loss + 5 * sum.alignment, gradients)
    }
    let (_, gradients) = value(model.weights)
    let slope = gradients.reduce(0) { $0 + Double($1) * Double($1) }
    let step = 0.001 / slope.squareRoot()
    func value(steps: Double) -> Double {
      let moved = FlatBuffer(count: model.weights.count)
      moved.replace(at: 0, with: zip(model.weights.array, gradients).map { $0 + Float(steps * step) * $1 })
      return value(moved).0
    }
    // A fourth-order difference: the loss is steep and curved if the linked keys get little attention.
    let found =
      (8 * (value(steps: 1) - value(steps: -1)) - (value(steps: 2) - value(steps: -2))) / (12 * step)
    #expect(abs(found - slope) < 0.01 * slope, "\(found) for \(slope)")
  }

  @Test func lossOfTranslatingIsTheSame() {
    let (with, without) = (run(), run(aligned: false))
    #expect(with.sum.alignment > 1 && without.sum.alignment == 0)
    #expect(with.sum.loss == without.sum.loss && with.sum.tokens == without.sum.tokens)
    #expect(with.gradients != without.gradients)
  }

  /// By default the second-to-last layer and those before it; later ones are not affected.
  @Test(arguments: [nil, 1, 3])
  func layersUpToTheGuidedOneAreTaught(layer: Int?) throws {
    let (with, without) = (run { guided, _ in guided.layer = layer }, run(aligned: false))
    for item in model.architecture.parameters {
      let range = item.range
      let isTaught = with.gradients[range] != without.gradients[range]
      let parts = item.name.split(separator: ".")
      guard parts[1] == "decoder", parts[2] == "layers", let number = Int(parts[3]) else { continue }
      if number + 1 > layer ?? 2 { #expect(!isTaught, "\(item.name)") }
      if number + 1 == layer ?? 2, item.name.hasSuffix("encoder_attn.q_proj.weight") {
        #expect(isTaught, "\(item.name)")
      }
    }
  }

  /// Without dropout both passes of R-Drop are the same: the loss is the mean of them.
  @Test func rDropGuidesBothPasses() {
    let (once, twice) = (
      run {
        $0.weight = 5; $1.rDrop = 0
      },
      run {
        $0.weight = 5; $1.rDrop = 1
      }
    )
    #expect(abs(once.sum.alignment - twice.sum.alignment) < 1e-4 * once.sum.alignment)
    #expect(abs(once.sum.loss - twice.sum.loss) < 1e-4 * once.sum.loss)
    #expect(Deviation(twice.gradients, from: once.gradients).ofNorm < 1e-4)
  }

  /// If the guided layer is dropped, nothing is compared.
  @Test func layerThatIsLeftOutHasNoLoss() {
    let sums = (1...30).map { seed in
      run(seed: UInt64(seed)) { $1.layerDrop = 0.4 }.sum.alignment
    }
    #expect((5...20).contains(sums.count { $0 == 0 }), "\(sums)")
  }

  @Test func inferenceKnowsNothingOfIt() {
    var regularization = Regularization()
    regularization.guidedAlignment = GuidedAlignment()
    let sum = model.architecture.loss(
      source: TokenBatch(model.source), target: TokenBatch(model.target),
      objective: TrainingObjective(labelSmoothing: 0.1, regularization: regularization),
      alignments: alignments, on: Tape(inference: model.weights))
    #expect(sum.alignment == 0)
  }
}
