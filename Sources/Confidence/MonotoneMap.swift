/// A nondecreasing function of one number, as straight lines between points and constant beyond them.
///
/// Source: isotonic regression by pooling adjacent violators (Ayer et al. 1955); for the calibration of probabilities, Zadrozny
/// and Elkan 2002, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates".
public struct MonotoneMap: Sendable, Equatable {
  /// Where the points are, ascending.
  public let inputs: [Double]
  /// The values there, nondecreasing.
  public let outputs: [Double]

  /// A function through points; nil if there are none, inputs do not ascend, or outputs descend or leave 0 to 1.
  public init?(inputs: [Double], outputs: [Double]) {
    guard !inputs.isEmpty, inputs.count == outputs.count, (inputs + outputs).allSatisfy(\.isFinite),
      zip(inputs, inputs.dropFirst()).allSatisfy({ $0 < $1 }),
      zip(outputs, outputs.dropFirst()).allSatisfy({ $0 <= $1 }),
      outputs.allSatisfy({ 0...1 ~= $0 })
    else { return nil }
    (self.inputs, self.outputs) = (inputs, outputs)
  }

  /// The function with the least squared error on samples, where each point is the mean of at least `least` of them; nil
  /// without samples.
  ///
  /// - Parameters:
  ///   - samples: finite inputs, and outputs from 0 to 1.
  ///   - least: samples for a point; more points follow chance.
  public init?(fitting samples: [(input: Double, output: Double)], least: Int = 20) {
    var blocks: [Block] = []
    for sample in samples.sorted(by: { $0.input < $1.input }) {
      // Equal inputs have one output.
      if let last = blocks.last, last.greatest == sample.input, last.least == sample.input {
        blocks[blocks.count - 1].add(Block(sample.input, sample.output))
      } else {
        blocks.append(Block(sample.input, sample.output))
      }
    }
    blocks = Block.merging(blocks) { $0.count < Double(least) || $0.mean >= $1.mean }
    if blocks.count > 1, let last = blocks.last, last.count < Double(least) {
      blocks.removeLast()
      blocks[blocks.count - 1].add(last)
    }
    self.init(inputs: blocks.map(\.center), outputs: blocks.map { min(1, max(0, $0.mean)) })
  }

  /// The value at an input.
  public func callAsFunction(_ input: Double) -> Double {
    guard let next = inputs.firstIndex(where: { $0 >= input }) else { return outputs[outputs.count - 1] }
    guard next > 0 else { return outputs[0] }
    let share = (input - inputs[next - 1]) / (inputs[next] - inputs[next - 1])
    return outputs[next - 1] + share * (outputs[next] - outputs[next - 1])
  }
}

extension MonotoneMap: Codable {
  private enum Key: String, CodingKey { case inputs, outputs }

  /// Reads points, and checks them.
  public init(from decoder: any Decoder) throws {
    let box = try decoder.container(keyedBy: Key.self)
    let inputs = try box.decode([Double].self, forKey: .inputs)
    let outputs = try box.decode([Double].self, forKey: .outputs)
    guard let map = Self(inputs: inputs, outputs: outputs) else {
      throw DecodingError.dataCorruptedError(
        forKey: .inputs, in: box,
        debugDescription: "expected ascending inputs, and as many outputs from 0 to 1 that do not descend")
    }
    self = map
  }

  /// Writes points.
  public func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Key.self)
    try box.encode(inputs, forKey: .inputs)
    try box.encode(outputs, forKey: .outputs)
  }
}

/// Neighboring samples with a common output.
private struct Block {
  private(set) var count = 1.0
  private(set) var least: Double
  private(set) var greatest: Double
  private var inputs: Double
  private var outputs: Double

  init(_ input: Double, _ output: Double) {
    (least, greatest, inputs, outputs) = (input, input, input, output)
  }

  var mean: Double { outputs / count }
  var center: Double { inputs / count }

  mutating func add(_ next: Block) {
    count += next.count
    inputs += next.inputs
    outputs += next.outputs
    greatest = next.greatest
  }

  /// Merges each block with the one before it while they must be merged.
  static func merging(_ blocks: [Block], _ mustMerge: (Block, Block) -> Bool) -> [Block] {
    var merged: [Block] = []
    for block in blocks {
      merged.append(block)
      while merged.count > 1, mustMerge(merged[merged.count - 2], merged[merged.count - 1]) {
        let last = merged.removeLast()
        merged[merged.count - 1].add(last)
      }
    }
    return merged
  }
}
