import Decoding
import Tokens

/// Beam search written down without regard to time: all continuations are sorted.
struct NaiveBeam {
  struct Live {
    var tokens: [TokenID] = []
    var total = 0.0
  }

  var model: TableModel
  var source: [TokenID]
  var size: Int
  var maxLength: Int
  var scoring = Scoring()
  /// Translations, in the order in which they ended.
  var finished: [Hypothesis] = []
  var live = [Live()]
  /// What has ended and still competes, for the vanilla rule.
  var ended: [(live: Live, ending: Hypothesis.Ending)] = []

  typealias Continuation = (live: Live, rank: Double, isEnd: Bool, parent: Int, token: TokenID)

  /// All continuations of live hypotheses, best first.
  func continuations(losses: [TokenID: Double] = [:]) -> [Continuation] {
    var found: [Continuation] = []
    for (parent, hypothesis) in live.enumerated() {
      let steps = logSoftmax(model.scores(source, hypothesis.tokens))
      for token in TokenID(2)..<TokenID(model.vocabularySize) where token != 3 {
        let isEnd = token == SpecialTokens.standard.end
        if isEnd, hypothesis.tokens.isEmpty { continue }
        let next = Live(
          tokens: isEnd ? hypothesis.tokens : hypothesis.tokens + [token],
          total: hypothesis.total + steps[Int(token)])
        found.append((next, next.total - (losses[token] ?? 0), isEnd, parent, token))
      }
    }
    return found.sorted { (-$0.rank, $0.parent, $0.token) < (-$1.rank, $1.parent, $1.token) }
  }

  /// How a continuation ends; nil if it does not.
  func ending(_ next: Continuation) -> Hypothesis.Ending? {
    next.isEnd ? .endToken : next.live.tokens.count >= maxLength ? .lengthLimit : nil
  }

  func hypothesis(_ live: Live, _ ending: Hypothesis.Ending) -> Hypothesis {
    let length = live.tokens.count + (ending == .endToken ? 1 : 0)
    return Hypothesis(
      tokens: live.tokens, sums: HypothesisSums(logProbability: live.total, length: length),
      scoring: scoring,
      ending: ending)
  }

  /// The best translations.
  func best(_ count: Int) -> [Hypothesis] { Array(finished.bestFirst().prefix(count)) }

  /// Runs until `patience` times the beam have ended.
  mutating func runFirstCome(patience: Double, nBest: Int) {
    while !live.isEmpty {
      growKeepingWidth()
      let whole = finished.count { $0.ending == .endToken }
      if Double(finished.count) >= patience * Double(size), whole >= nBest { return }
    }
  }

  /// Runs until the beam has ended and what goes on is not better than the worst of the best.
  mutating func runFull() {
    while !live.isEmpty {
      growKeepingWidth()
      let best = finished.bestFirst().prefix(size)
      let isFull = best.count == size && best.allSatisfy { $0.ending == .endToken }
      guard isFull, let first = live.first else { continue }
      let length = Double(first.tokens.count)
      if best[best.count - 1].score >= first.total / length { return }
    }
  }

  private mutating func growKeepingWidth() {
    let all = continuations().prefix(2 * size)
    live = []
    for (rank, next) in all.enumerated() {
      if let ending = ending(next) {
        if rank < size { finished.append(hypothesis(next.live, ending)) }
      } else if live.count < size {
        live.append(next.live)
      }
    }
  }

  /// Runs until all of the beam have ended.
  mutating func runVanilla() {
    while true {
      let old = ended.map { (live: $0.live, ending: Optional($0.ending)) }
      let new = continuations().map { (live: $0.live, ending: ending($0)) }
      // A stable sort: of equal ones, those that have ended come first.
      let pool = (old + new).enumerated()
        .sorted { (-$0.element.live.total, $0.offset) < (-$1.element.live.total, $1.offset) }
        .prefix(size).map(\.element)
      ended = pool.compactMap { item in item.ending.map { (item.live, $0) } }
      live = pool.filter { $0.ending == nil }.map(\.live)
      if live.isEmpty { break }
    }
    finished = ended.map { hypothesis($0.live, $0.ending) }
  }

  /// One step of a beam that narrows; returns the tokens of its live hypotheses.
  mutating func stepNarrowing(losses: [TokenID: Double]) -> [TokenID] {
    let all = continuations(losses: losses).prefix(size)
    live = []
    for next in all {
      if let ending = ending(next) {
        finished.append(hypothesis(next.live, ending))
        size -= 1
      } else {
        live.append(next.live)
      }
    }
    return live.compactMap(\.tokens.last)
  }
}
