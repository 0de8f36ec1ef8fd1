import Decoding
import Synchronization
import Tokens

/// A model whose scores are a function of the source sentence and the tokens so far.
///
/// Rows cannot influence one another, so any difference between batches is a bug in the search.
struct TableModel: StepwiseModel, Sendable {
  struct State: StepwiseState {
    var rows: [Row]
    var keepsAttention = false
    var attention: [[Float]]?

    mutating func keepAttention() { keepsAttention = true }
    mutating func select(_ survivors: [Int]) { rows = survivors.map { rows[$0] } }
  }

  struct Row {
    var source: [TokenID]
    /// The tokens that the model has read: `<s>`, then the tokens so far.
    var read: [TokenID] = []
  }

  let vocabularySize: Int
  var specialTokens: SpecialTokens { .standard }
  let scores: @Sendable (_ source: [TokenID], _ tokens: [TokenID]) -> [Float]
  /// The attention of the next prediction over the source, a function of the same arguments.
  var attention: (@Sendable (_ source: [TokenID], _ tokens: [TokenID]) -> [Float])?
  /// The number of rows at each step so far.
  let rowCounts = SharedList()

  func start(_ source: TokenBatch) -> State {
    State(rows: (0..<source.count).map { Row(source: Array(source[sentence: $0])) })
  }

  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    precondition(last.count == state.rows.count)
    rowCounts.append(last.count)
    scores = []
    let attention = state.keepsAttention ? attention : nil
    state.attention = attention.map { _ in [] }
    for (row, token) in last.enumerated() {
      precondition(state.rows[row].read.isEmpty == (token == SpecialTokens.standard.beginning))
      state.rows[row].read.append(token)
      let (source, tokens) = (state.rows[row].source, Array(state.rows[row].read.dropFirst()))
      scores += self.scores(source, tokens)
      if let attention { state.attention?.append(attention(source, tokens)) }
    }
  }
}

/// A list of numbers shared by the copies of a model.
final class SharedList: Sendable {
  private let values = Mutex<[Int]>([])
  func append(_ value: Int) { values.withLock { $0.append(value) } }
  var all: [Int] { values.withLock { $0 } }
}

extension TableModel {
  /// Pseudorandom scores, the same for the same source and tokens.
  static func random(vocabularySize: Int, seed: Int, spread: Float = 3) -> TableModel {
    var model = TableModel(vocabularySize: vocabularySize) { source, tokens in
      var generator = Mixer(seed: seed, source + [-1] + tokens)
      return (0..<vocabularySize).map { _ in generator.nextFloat() * spread }
    }
    model.attention = { source, tokens in
      var generator = Mixer(seed: seed, source + [-2] + tokens)
      return shares(source.map { _ in generator.nextFloat() * 2 })
    }
    return model
  }

  /// A model with the same scores at every position.
  static func constant(_ scores: [Float]) -> TableModel {
    TableModel(vocabularySize: scores.count) { _, _ in scores }
  }
}

/// A small generator, seeded by tokens.
struct Mixer: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int, _ tokens: [TokenID] = []) {
    state = UInt64(truncatingIfNeeded: seed)
    for token in tokens { state = (state ^ UInt64(bitPattern: Int64(token))) &* 0x100_0000_01B3 &+ 0x9E37 }
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
  }

  /// Between -1 and 1.
  mutating func nextFloat() -> Float { Float(Int32(truncatingIfNeeded: next() >> 32)) * 0x1p-31 }
}

/// Random sentences of the given lengths, each ending in `</s>`.
func sentences(_ lengths: [Int], vocabularySize: Int, seed: Int = 7) -> [[TokenID]] {
  var generator = Mixer(seed: seed)
  return lengths.map { length in
    (0..<length).map { _ in TokenID.random(in: 3..<TokenID(vocabularySize), using: &generator) }
      + [SpecialTokens.standard.end]
  }
}

/// The softmax of scores.
func shares(_ scores: [Float]) -> [Float] { logSoftmax(scores).map { Float(Double.exponential($0)) } }

/// The natural logarithm of the softmax of scores.
func logSoftmax(_ scores: [Float]) -> [Double] {
  let sum = scores.reduce(0.0) { $0 + $1.exponential }
  return scores.map { Double($0) - sum.logarithm }
}
