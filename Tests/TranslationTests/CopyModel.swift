import Decoding
import Synchronization
import Text
import Tokens

/// A model that translates every sentence into itself, with some doubt; each token looks at the one that it copies.
struct CopyModel: StepwiseModel, Sendable {
  struct State: StepwiseState {
    var sources: [[TokenID]]
    var position = 0
    var keepsAttention = false
    var attention: [[Float]]?

    mutating func keepAttention() { keepsAttention = true }
    mutating func select(_ survivors: [Int]) { sources = survivors.map { sources[$0] } }
  }

  let vocabularySize: Int
  let specialTokens: SpecialTokens
  var maxLength = Int.max
  /// Sentences that contain this token get scores that are NaN.
  var poison: TokenID = -1
  /// A token that it would rather predict than anything else, at every step.
  var favorite: TokenID = -1
  /// Tokens that it predicts only if it must, with this score, even where it should copy them.
  var avoided: (tokens: Set<TokenID>, score: Float) = ([], 0)
  /// Tokens after which every translation ends.
  var stopsAfter = Int.max
  /// Whether sentences must end in the end token.
  var endsSource = true
  let record = Record()

  /// The model's input, in all batches together.
  final class Record: Sendable {
    struct Values {
      var longest = 0
      var batches: [Int] = []
      var sources: [[TokenID]] = []
    }
    private let values = Mutex(Values())
    func note(_ source: TokenBatch) {
      values.withLock {
        $0.longest = max($0.longest, source.lengths.max() ?? 0)
        $0.batches.append(source.count)
        $0.sources += (0..<source.count).map { Array(source[sentence: $0]) }
      }
    }
    var longest: Int { values.withLock { $0.longest } }
    var batches: [Int] { values.withLock { $0.batches } }
    var sources: [[TokenID]] { values.withLock { $0.sources } }
  }

  init(_ pipeline: TextPipeline) {
    (vocabularySize, specialTokens) = (pipeline.vocabularySize(.target), pipeline.specialTokens)
  }

  func start(_ source: TokenBatch) -> State {
    record.note(source)
    precondition(
      !endsSource || (0..<source.count).allSatisfy { source[sentence: $0].last == specialTokens.end })
    return State(sources: (0..<source.count).map { Array(source[sentence: $0]) })
  }

  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    scores = []
    for (row, source) in state.sources.enumerated() {
      let isOver = state.position >= min(stopsAfter, source.count)
      let right = isOver ? Int(specialTokens.end) : Int(source[min(state.position, source.count - 1)])
      // The doubt depends on the sentence alone.
      let doubt = (source.count * 31 + state.position * 7 + Int(last[row])) % vocabularySize
      for token in 0..<vocabularySize {
        let score: Float = token == right ? 9 : token == doubt ? 5 : Float(token % 13) * 0.1
        let isAvoided = avoided.tokens.contains(TokenID(token))
        scores.append(TokenID(token) == favorite ? 10 : isAvoided ? avoided.score : score)
      }
      if source.contains(poison) {
        for index in scores.indices.suffix(vocabularySize) { scores[index] = .nan }
      }
    }
    if state.keepsAttention {
      state.attention = state.sources.map { source in
        source.indices.map { $0 == min(state.position, source.count - 1) ? 1 : 0 }
      }
    }
    state.position += 1
  }
}
