import Autodiff
import Layers
import Models
import Tensors
import Testing
import Training

/// What holds for the original architecture also holds for its variants.
@Suite struct ArchitectureVariantsTests {
  static let variants: [@Sendable (inout ModelConfiguration) -> Void] = [
    { $0.positions = .learned }, { $0.positions = .rotary }, { $0.positions = .alibi },
    { $0.activation = .reglu },
    { ($0.activation, $0.normPlacement) = (.geglu, .pre) }, { $0.activation = .swiglu },
    { $0.usesBias = false }, { $0.initialization = .depthScaled },
    {
      ($0.positions, $0.activation, $0.normPlacement) = (.rotary, .swiglu, .pre)
      $0.usesBias = false
    },
  ]

  @Test(arguments: variants.indices)
  func shardsAreOneBatchWithinRounding(variant: Int) {
    let change = Self.variants[variant]
    let whole = ToyTask.trained(updates: 4, options: ToyTask.options(), change: change)
    let parts = ToyTask.trained(updates: 4, options: ToyTask.options(shards: 3), change: change)
    expectEqualWithinRounding(parts, whole)
  }

  @Test(arguments: variants.indices)
  func threadsDoNotShow(variant: Int) {
    let change = Self.variants[variant]
    let (one, two) = (ToyTask.options(shards: 2), ToyTask.options(shards: 2, threads: 2))
    let first = ToyTask.trained(updates: 4, options: one, dropout: 0.2, change: change)
    let second = ToyTask.trained(updates: 4, options: two, dropout: 0.2, change: change)
    #expect(first.trainer.parameters.bits == second.trainer.parameters.bits)
  }

  /// Stacked weights are rounded together, and weights of element-wise operations are not rounded.
  @Test(.enabled(if: MatrixPrecision.bfloat16.problem == nil), arguments: variants.indices)
  func bfloat16IsTheSameTrainingWithinItsRounding(variant: Int) {
    let change = Self.variants[variant]
    let exact = ToyTask.trained(updates: 4, options: ToyTask.options(), change: change)
    var options = ToyTask.options(shards: 2)
    options.precision = .bfloat16
    let rounded = ToyTask.trained(updates: 4, options: options, change: change)
    #expect(rounded.trainer.parameters.bits != exact.trainer.parameters.bits)
    for (rounded, exact) in zip(rounded.reports, exact.reports) {
      #expect(abs(rounded.loss.lossPerToken - exact.loss.lossPerToken) < 0.02 * exact.loss.lossPerToken)
      #expect(abs(rounded.gradientNorm - exact.gradientNorm) < 0.05 * exact.gradientNorm)
    }
  }
}
