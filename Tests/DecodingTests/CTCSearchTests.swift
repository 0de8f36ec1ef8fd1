import Decoding
import Testing
import Tokens

@Suite struct CTCGreedySearchTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let path: [TokenID]
    let tokens: [TokenID]
    var testDescription: String { "\(path)" }
  }

  /// 0 is the blank.
  static let cases = [
    Case(path: [], tokens: []),
    Case(path: [0], tokens: []),
    Case(path: [0, 0, 0], tokens: []),
    Case(path: [3], tokens: [3]),
    Case(path: [3, 3, 3], tokens: [3]),
    Case(path: [3, 0, 3], tokens: [3, 3]),
    Case(path: [0, 3, 3, 0, 0, 3, 2, 2, 0], tokens: [3, 3, 2]),
    Case(path: [1, 2, 1, 1, 0, 1], tokens: [1, 2, 1, 1]),
  ]

  @Test(arguments: cases)
  func repeatsAreMergedThenBlanksDropped(_ item: Case) {
    var scores = [Float](repeating: -2, count: 4 * item.path.count)
    for (row, symbol) in item.path.enumerated() { scores[4 * row + Int(symbol)] = Float(row) }
    let found = CTCGreedySearch().search(CTCScores(scores, vocabularySize: 4, blank: 0))
    #expect(found.tokens == item.tokens)
    #expect(found.ending == .lastRow && found.sums.length == item.tokens.count)
    let rows = item.path.indices.map { logSoftmax(Array(scores[4 * $0..<4 * $0 + 4])).max() ?? 0 }
    #expect(found.logProbability.isClose(to: rows.reduce(0, +)) && found.score == found.logProbability)
    // Later rows are surer: a token has the log-probability of the last row of its run.
    let last = item.path.indices.filter {
      item.path[$0] != 0 && ($0 + 1 == item.path.count || item.path[$0 + 1] != item.path[$0])
    }
    #expect(found.tokenLogProbabilities.count == last.count)
    for (value, row) in zip(found.tokenLogProbabilities, last) {
      #expect(Double(value).isClose(to: rows[row]))
    }
  }

  @Test(arguments: 0..<20) func oneTokenIsTheBestOfAllThatCouldStandAlone(seed: Int) {
    let (rows, size, blank) = (1 + seed % 5, 2 + seed % 4, seed % 2)
    let scores = CTCPrefixBeamSearchTests.scores(rows: rows, vocabularySize: size, seed: seed)
    let logs = (0..<rows).map { logSoftmax(Array(scores[$0 * size..<($0 + 1) * size])) }
    let silence = logs.reduce(0) { $0 + $1[blank] }
    var best = (token: -1, sum: -Double.infinity)
    for row in 0..<rows {
      for token in 0..<size where token != blank {
        let sum = silence - logs[row][blank] + logs[row][token]
        if sum > best.sum { best = (token, sum) }
      }
    }
    let found = CTCGreedySearch().searchOneToken(
      CTCScores(scores, vocabularySize: size, blank: TokenID(blank)))
    #expect(found.tokens == [TokenID(best.token)] && found.ending == .lastRow)
    #expect(found.logProbability.isClose(to: best.sum, tolerance: 1e-5))
    #expect(found.tokenLogProbabilities.count == 1)
  }

  @Test func whereNoTokenIsPossibleThereIsNone() {
    let scores = CTCScores([0, -.infinity, 0, -.infinity], vocabularySize: 2, blank: 0)
    #expect(CTCGreedySearch().searchOneToken(scores).tokens == [])
  }

  @Test func anyTokenMayBeTheBlank() {
    let scores: [Float] = [0, 0, 5, 0, 5, 0, 0, 0, 5]
    #expect(CTCGreedySearch().search(CTCScores(scores, vocabularySize: 3, blank: 2)).tokens == [1])
    #expect(CTCGreedySearch().search(CTCScores(scores, vocabularySize: 3, blank: 1)).tokens == [2, 2])
    #expect(CTCGreedySearch().search(CTCScores(scores, vocabularySize: 3, blank: 0)).tokens == [2, 1, 2])
  }

  @Test func equalScoresGoToTheLowerToken() {
    let scores = CTCScores([1, 3, 3, 2, 2, 2], vocabularySize: 3, blank: 0)
    #expect(CTCGreedySearch().search(scores).tokens == [1])
  }

  @Test(arguments: [[Float.nan, .nan], [0, .infinity], [-.infinity, -.infinity]])
  func translationsEndBeforeInvalidScores(row: [Float]) {
    let scores = CTCScores([0, 9] + row + [0, 9], vocabularySize: 2, blank: 0)
    let found = CTCGreedySearch().search(scores)
    #expect(found.tokens == [1] && found.ending == .invalidScores)
    let beam = CTCPrefixBeamSearch(beamSize: 3, nBest: 3).search(scores)
    #expect(beam.map(\.tokens) == [[1], []])
    #expect(
      beam.allSatisfy { $0.ending == .invalidScores && $0.tokenLogProbabilities.count == $0.tokens.count })
  }
}

@Suite struct CTCPrefixBeamSearchTests {
  static func scores(rows: Int, vocabularySize: Int, seed: Int, spread: Float = 3) -> [Float] {
    var generator = Mixer(seed: seed)
    return (0..<rows * vocabularySize).map { _ in generator.nextFloat() * spread }
  }

  /// All translations with the summed probabilities of their paths, best first.
  static func allTranslations(_ scores: [Float], vocabularySize: Int, blank: TokenID) -> [([TokenID], Double)]
  {
    var sums: [[TokenID]: Double] = [:]
    func visit(_ row: Int, _ path: [TokenID], _ sum: Double) {
      guard row * vocabularySize < scores.count else {
        let tokens = path.indices.filter { path[$0] != blank && ($0 == 0 || path[$0] != path[$0 - 1]) }
        return sums[tokens.map { path[$0] }, default: 0] += Double.exponential(sum)
      }
      let logs = logSoftmax(Array(scores[row * vocabularySize..<(row + 1) * vocabularySize]))
      for (token, log) in logs.enumerated() { visit(row + 1, path + [TokenID(token)], sum + log) }
    }
    visit(0, [], 0)
    return sums.map { ($0.key, $0.value.logarithm) }.sorted { $0.1 > $1.1 }
  }

  @Test(arguments: [(1, 2), (1, 4), (2, 3), (3, 3), (5, 3), (4, 4), (6, 2)], [0, 1])
  func wideBeamIsExact(_ size: (rows: Int, vocabularySize: Int), blank: TokenID) {
    for seed in 0..<8 {
      let scores = Self.scores(rows: size.rows, vocabularySize: size.vocabularySize, seed: seed)
      let expected = Self.allTranslations(scores, vocabularySize: size.vocabularySize, blank: blank)
      let search = CTCPrefixBeamSearch(beamSize: 2000, nBest: 2000, tokensPerRow: 9)
      let found = search.search(CTCScores(scores, vocabularySize: size.vocabularySize, blank: blank))
      #expect(found.map(\.tokens) == expected.map(\.0))
      for (hypothesis, (tokens, logProbability)) in zip(found, expected) {
        #expect(hypothesis.logProbability.isClose(to: logProbability, tolerance: 1e-5))
        #expect(hypothesis.score == hypothesis.logProbability && hypothesis.ending == .lastRow)
        #expect(hypothesis.tokenLogProbabilities.count == tokens.count)
        #expect(hypothesis.tokenLogProbabilities.allSatisfy { $0 < 0 })
      }
      #expect(abs(found.reduce(0) { $0 + Double.exponential($1.logProbability) } - 1) < 1e-5)
    }
  }

  /// The algorithm as in the papers, on arrays of tokens.
  static func naiveSearch(
    _ scores: [Float], vocabularySize: Int, blank: TokenID, beamSize: Int, tokensPerRow: Int
  ) -> [([TokenID], Double)] {
    var beam: [[TokenID]: (blank: Double, token: Double)] = [[]: (1, 0)]
    for start in stride(from: 0, to: scores.count, by: vocabularySize) {
      let p = logSoftmax(Array(scores[start..<start + vocabularySize])).map(Double.exponential)
      let ranked = p.indices.filter { $0 != Int(blank) }.sorted { p[$0] > p[$1] }.prefix(tokensPerRow)
      var next: [[TokenID]: (blank: Double, token: Double)] = [:]
      for (tokens, mass) in beam {
        next[tokens, default: (0, 0)].blank += (mass.blank + mass.token) * p[Int(blank)]
        for token in p.indices where token != Int(blank) {
          let id = TokenID(token)
          let repeats = tokens.last == id
          if repeats { next[tokens, default: (0, 0)].token += mass.token * p[token] }
          guard ranked.contains(token) || beam[tokens + [id]] != nil else { continue }
          next[tokens + [id], default: (0, 0)].token +=
            (repeats ? mass.blank : mass.blank + mass.token) * p[token]
        }
      }
      let best = next.filter { $0.value.blank + $0.value.token > 0 }
        .sorted { $0.value.blank + $0.value.token > $1.value.blank + $1.value.token }
      beam = Dictionary(uniqueKeysWithValues: best.prefix(beamSize).map { ($0.key, $0.value) })
    }
    return beam.map { ($0.key, ($0.value.blank + $0.value.token).logarithm) }.sorted { $0.1 > $1.1 }
  }

  @Test(arguments: [1, 2, 3, 8, 30], [1, 2, 5])
  func narrowBeamsAgreeWithTheNaiveAlgorithm(beamSize: Int, tokensPerRow: Int) {
    for seed in 0..<12 {
      // Few tokens, so that prefixes return after they have left the beam.
      let (size, spread) = (seed % 2 == 0 ? 3 : 9, Float(1 + seed % 3))
      let scores = Self.scores(rows: 20, vocabularySize: size, seed: seed, spread: spread)
      let expected = Self.naiveSearch(
        scores, vocabularySize: size, blank: 0, beamSize: beamSize, tokensPerRow: tokensPerRow)
      let found = CTCPrefixBeamSearch(beamSize: beamSize, nBest: beamSize, tokensPerRow: tokensPerRow)
        .search(CTCScores(scores, vocabularySize: size, blank: 0))
      #expect(found.map(\.tokens) == expected.map(\.0), "seed \(seed)")
      for (hypothesis, (_, logProbability)) in zip(found, expected) {
        #expect(hypothesis.logProbability.isClose(to: logProbability))
      }
    }
  }

  /// The greedy path is one of those that are summed, so the sum is at least as high.
  @Test(arguments: [1, 2, 8], [1, 3, 100])
  func beamsFindNoLessThanGreedySearch(beamSize: Int, tokensPerRow: Int) {
    for seed in 0..<20 {
      for spread in [Float(0.5), 3, 12] {
        let scores = CTCScores(
          Self.scores(rows: 12, vocabularySize: 30, seed: seed, spread: spread), vocabularySize: 30, blank: 4)
        let greedy = CTCGreedySearch().search(scores)
        let found = CTCPrefixBeamSearch(
          beamSize: beamSize, nBest: beamSize, tokensPerRow: tokensPerRow
        ).search(scores)
        #expect(!found.isEmpty && found.count <= beamSize)
        #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
        #expect(Set(found.map(\.tokens)).count == found.count)
        if let same = found.first(where: { $0.tokens == greedy.tokens }) {
          #expect(same.logProbability >= greedy.logProbability - 1e-9)
          #expect(same.tokenLogProbabilities.count == greedy.tokenLogProbabilities.count)
        }
        // With rows this peaked, the best path has nearly all of the probability.
        if spread == 12, beamSize == 8 {
          #expect(found.first.map { $0.logProbability >= greedy.logProbability - 1e-9 } == true)
        }
      }
    }
  }

  /// The textbook example: the best path is empty, but more paths spell the token.
  @Test func sumsOverPathsBeatTheBestPath() {
    let row: [Float] = [Double(0.6).logarithm, Double(0.4).logarithm].map { Float($0) }
    let scores = CTCScores(row + row, vocabularySize: 2, blank: 0)
    #expect(CTCGreedySearch().search(scores).tokens == [])
    let found = CTCPrefixBeamSearch(beamSize: 4, nBest: 4).search(scores)
    #expect(found.map(\.tokens) == [[1], []])
    #expect(Double.exponential(found[0].logProbability).isClose(to: 0.64))
    #expect(Double.exponential(found[1].logProbability).isClose(to: 0.36))
    #expect(Double(found[0].tokenLogProbabilities[0]).isClose(to: Double(0.4).logarithm))
  }

  /// Kept and extended prefixes with the same tokens are one hypothesis, also if the beam is full.
  @Test func equalBeginningsAreMerged() {
    let scores = Self.scores(rows: 40, vocabularySize: 3, seed: 2, spread: 0.2)
    let found = CTCPrefixBeamSearch(beamSize: 200, nBest: 200).search(
      CTCScores(scores, vocabularySize: 3, blank: 0))
    #expect(Set(found.map(\.tokens)).count == found.count)
  }

  @Test func tokensPerRowLeaveOutTheRest() {
    // The second best token of each row is 2, the best 1.
    let row: [Float] = [0, 3, 2.5, 2]
    let scores = CTCScores(row + row, vocabularySize: 4, blank: 0)
    func tokens(_ tokensPerRow: Int) -> Set<[TokenID]> {
      let search = CTCPrefixBeamSearch(beamSize: 50, nBest: 50, tokensPerRow: tokensPerRow)
      return Set(search.search(scores).map(\.tokens))
    }
    #expect(tokens(1) == [[], [1]])
    #expect(tokens(2) == [[], [1], [2], [1, 2], [2, 1]])
    #expect(tokens(3).count == 1 + 3 + 6)
  }

  @Test func equalScoresAreDecided() {
    let flat = CTCScores([Float](repeating: 0, count: 4), vocabularySize: 4, blank: 0)
    for _ in 0..<5 {
      let found = CTCPrefixBeamSearch(beamSize: 3, nBest: 3).search(flat)
      #expect(found.map(\.tokens) == [[], [1], [2]])
    }
    let pruned = CTCPrefixBeamSearch(beamSize: 9, nBest: 9, tokensPerRow: 2).search(flat)
    #expect(pruned.map(\.tokens) == [[], [1], [2]])
  }

  @Test func impossibleTranslationsAreLeftOut() {
    let scores: [Float] = [-.infinity, 0, .nan, 0, -.infinity, -.infinity]
    let found = CTCPrefixBeamSearch(beamSize: 9, nBest: 9).search(
      CTCScores(scores, vocabularySize: 3, blank: 0))
    #expect(found.map(\.tokens) == [[1]])
    #expect(found[0].logProbability == 0)
  }

  @Test func noRowsAreTheEmptyTranslation() {
    let found = CTCPrefixBeamSearch().search(CTCScores([], vocabularySize: 3, blank: 0))
    let scoring = Scoring(lengthPenalty: .none)
    #expect(found == [Hypothesis(tokens: [], sums: HypothesisSums(), scoring: scoring, ending: .lastRow)])
  }
}
