import Autodiff
import ModelDescription
import Models
import Tensors
import Testing
import Tokens

/// Compares the counts with what the tape records for a real forward pass.
@Suite struct ModelArithmeticTests {
  private static let lengths: [(source: Int, target: Int)] = [(2, 3), (9, 5), (12, 12), (4, 9)]

  private static func batch(_ lengths: [Int]) -> TokenBatch {
    TokenBatch(lengths.map { (1..<$0).map { TokenID(4 + $0) } + [SpecialTokens.standard.end] })
  }

  /// FLOP of the forward passes of all operations.
  private static func recorded(_ configuration: ModelConfiguration) -> Int {
    let model = Transformer(configuration)
    let profile = OperationProfile()
    let tape = Tape(
      training: model.initialParameters(seed: 1), gradients: FlatBuffer(count: model.parameterCount),
      profile: profile)
    tape.reset()
    _ = model.loss(
      source: batch(lengths.map(\.source)), target: batch(lengths.map(\.target)),
      objective: TrainingObjective(), on: tape)
    return profile.costs.reduce(0) { $0 + $1.flop }
  }

  private static func counted(_ configuration: ModelConfiguration) -> Double {
    let arithmetic = ModelArithmetic(configuration)
    return lengths.reduce(0) { $0 + arithmetic.pair(source: $1.source, target: $1.target) }
  }

  @Test(arguments: Variants.all.filter { $0.nonautoregressive?.method != .maskPredict })
  func theTapeRecordsWhatIsCounted(configuration: ModelConfiguration) {
    #expect(Double(Self.recorded(configuration)) == Self.counted(configuration))
  }

  /// The number of masked tokens is random: from one to all are predicted, and the mean is counted.
  @Test(arguments: Variants.all.filter { $0.nonautoregressive?.method == .maskPredict })
  func masksAreCountedByTheirMean(configuration: ModelConfiguration) {
    let row = Double(ModelArithmetic(configuration).output)
    let difference = (Double(Self.recorded(configuration)) - Self.counted(configuration)) / row
    let most = Self.lengths.reduce(0.0) { $0 + Double($1.target - 1) / 2 }
    #expect(abs(difference) <= most && difference * 2 == (difference * 2).rounded(), "\(difference)")
  }

  @Test func attentionGrowsWithTheSquareOfTheLength() {
    let arithmetic = ModelArithmetic(Variants.all[0])
    let (short, long) = (
      arithmetic.attention(source: 100, target: 100), arithmetic.attention(source: 200, target: 200)
    )
    #expect(Double(long) / Double(short) > 3.9 && Double(long) / Double(short) < 4)
  }

  @Test func partsAddUpToAPair() {
    for configuration in Variants.all {
      var settings = DescriptionSettings()
      settings.length = 20
      let arithmetic = ModelDescription(Transformer(configuration), settings: settings).arithmetic
      #expect(abs(arithmetic.parts.reduce(0) { $0 + $1.share } - 1) < 1e-9, "\(arithmetic.parts)")
      #expect(arithmetic.backward == 2 * arithmetic.forward)
    }
  }
}
