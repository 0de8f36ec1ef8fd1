import Decoding
import Glibc
import Synchronization
import Testing
import Tokens

/// A model that copies its source, but rather leaves `<unk>` out.
private struct ReluctantModel: StepwiseModel, Sendable {
  /// Counts searches and readings.
  final class Starts: Sendable {
    let count = Atomic(0)
  }

  struct State: StepwiseState {
    var sources: [[TokenID]]
    /// The number of source tokens that were copied or left out.
    var places: [Int]
    var attention: [[Float]]?
    var keepsAttention = false

    mutating func select(_ survivors: [Int]) {
      (sources, places) = (survivors.map { sources[$0] }, survivors.map { places[$0] })
    }

    mutating func keepAttention() { keepsAttention = true }
  }

  let vocabularySize = 9
  let specialTokens = SpecialTokens.standard
  /// How much less than the next token `<unk>` is worth where it should be copied.
  var reluctance: Float = 5
  /// Whether the attention is on the source from its end to its beginning.
  var isReversed = false
  var starts: Starts?

  func start(_ source: TokenBatch) -> State {
    starts?.count.add(1, ordering: .relaxed)
    let sources = (0..<source.count).map { Array(source[sentence: $0]) }
    return State(sources: sources, places: sources.map { _ in 0 })
  }

  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    scores = []
    state.attention = state.keepsAttention ? [] : nil
    for row in last.indices {
      let source = state.sources[row]
      if last[row] != specialTokens.beginning {
        // Find the token that was copied, behind those that were left out.
        while state.places[row] < source.count - 1, source[state.places[row]] != last[row] {
          state.places[row] += 1
        }
        state.places[row] += 1
      }
      let place = min(state.places[row], source.count - 1)
      var next = place
      while source[next] == specialTokens.unknown { next += 1 }
      var own = [Float](repeating: -4, count: vocabularySize)
      own[Int(source[next])] = 6
      own[Int(specialTokens.unknown)] = next > place ? 6 - reluctance : -9
      scores += own
      var weights = [Float](repeating: 0.01, count: source.count)
      weights[isReversed ? max(0, source.count - 2 - place) : place] = 1
      state.attention?.append(weights)
    }
  }
}

@Suite struct UnknownRecoveryTests {
  static let special = SpecialTokens.standard
  static let sources: [[TokenID]] = [[4, 3, 5], [3], [6, 7, 8], [3, 5, 3], [4, 5, 6, 3]]

  private func decode(
    _ sources: [[TokenID]], by model: ReluctantModel, _ strategy: any SearchStrategy
  ) -> [[Hypothesis]] {
    let input = DecoderInput(TokenBatch(sources.map { $0 + [Self.special.end] }))
    return AutoregressiveDecoder(model, strategy: strategy).decode(input)
  }

  private static let strategies: [any SearchStrategy & Sendable] = [
    GreedySearch(), BeamSearch(beamSize: 1), BeamSearch(beamSize: 4),
  ]

  @Test(arguments: [0, 1, 2], [2, 5, 9] as [Float])
  func aWordThatTheModelLeavesOutComesThroughOnceAndInPlace(strategy: Int, reluctance: Float) {
    let model = ReluctantModel(reluctance: reluctance)
    let found = decode(Self.sources, by: model, Self.strategies[strategy])
    #expect(found.map { $0[0].tokens } == Self.sources)
    #expect(found.allSatisfy { $0[0].ending == .endToken })
  }

  @Test func theModelAloneLeavesItOut() {
    let found = GreedySearch().search(
      DecoderInput(TokenBatch([[4, 3, 5, Self.special.end]])), model: ReluctantModel())
    #expect(found[0][0].tokens == [4, 5])
  }

  @Test func scoresAreThoseOfTheModel() throws {
    let model = ReluctantModel(reluctance: 4)
    let best = try #require(decode([[4, 3, 5]], by: model, BeamSearch(beamSize: 3))[0].first)
    // Each step: 6 for the next token, -4 for all others, but -9 or 2 for <unk>.
    func normalizer(_ unknown: Double) -> Double { log(exp(6) + 7 * exp(-4) + exp(unknown)) }
    let expected = 3 * (6 - normalizer(-9)) + (2 - normalizer(2))
    #expect(abs(best.logProbability - expected) < 1e-5)
    #expect(best.tokenLogProbabilities.count == 4)
  }

  @Test func alternativesHaveAllWordsToo() {
    let model = ReluctantModel(reluctance: 9)
    let found = decode([[4, 3, 5, 6]], by: model, BeamSearch(beamSize: 4, nBest: 4))[0]
    #expect(found.first?.tokens == [4, 3, 5, 6])
    #expect(found.allSatisfy { $0.tokens.contains(Self.special.unknown) })
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
  }

  @Test func sentencesWithoutUnknownWordsAreNotAffected() {
    let model = ReluctantModel()
    let input = DecoderInput(TokenBatch([[6, 7, 8, Self.special.end]]))
    let found = AutoregressiveDecoder(model, strategy: BeamSearch(beamSize: 4)).decode(input)
    #expect(found == BeamSearch(beamSize: 4).search(input, model: model))
  }

  /// A search and eight more with bonuses for a sentence with names; a search and the last bonus for a line of unknown
  /// characters.
  ///
  /// What has all of them is read once more for its scores, and that of a sentence once more for the places.
  @Test(arguments: [(1, 9), (16, 11), (17, 3), (60, 3)])
  func linesFullOfUnknownWordsAreSearchedOnceMore(count: Int, starts expected: Int) {
    let starts = ReluctantModel.Starts()
    let source = [TokenID](repeating: Self.special.unknown, count: count)
    _ = decode([source], by: ReluctantModel(reluctance: 99, starts: starts), GreedySearch())
    #expect(starts.count.load(ordering: .relaxed) == expected)
    let found = decode([source], by: ReluctantModel(reluctance: 9), GreedySearch())
    #expect(found[0][0].tokens.count { $0 == Self.special.unknown } == count)
  }

  @Test func attentionSaysWhichWordIsMeant() {
    let source: [TokenID] = [3, 5, 3]
    let ordered = decode([source], by: ReluctantModel(reluctance: -1), GreedySearch())
    #expect(ordered[0][0].copies == [0, 1])
    let reversed = decode([source], by: ReluctantModel(reluctance: -1, isReversed: true), GreedySearch())
    #expect(reversed[0][0].tokens == source)
    #expect(reversed[0][0].copies == [1, 0])
  }
}
