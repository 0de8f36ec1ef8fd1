import Glibc
import Tensors
import Tokens

/// Finds the most probable words at a place of a translation, by a beam that ends at the end of the word.
///
/// A word is complete when what comes next begins another one, so its probability is that of its tokens, times that of all
/// tokens which do not go on with it.
struct WordCandidates<Model: StepwiseModel> {
  /// A word with what may follow it.
  struct Word {
    var tokens: [TokenID]
    /// The probability of its tokens and of its end, given what comes before.
    var probability: Double
    /// The most probable tokens after it.
    var next: [TokenID]
  }

  private let place: WordPlace
  private let joints: WordJoints?
  private let rules: SentenceRules
  private let width: Int
  private let end: TokenID
  private var batch: RowBatch<Model>
  /// For each row, the node of the word's beginning that it has reached; nil behind the beginning.
  private var nodes: [Int?]
  /// The log-probability of the words before.
  private var base = 0.0
  /// The probability of all words that begin as they should.
  private var total = 0.0
  private var found: [Word] = []

  /// - Parameters:
  ///   - place: where the word is.
  ///   - input: the sentence.
  ///   - rules: what may follow, apart from the beginning.
  ///   - width: the number of unfinished words that are kept, and of tokens that may follow a finished one.
  ///   - model: the model.
  init(_ place: WordPlace, _ input: DecoderInput, _ rules: SentenceRules, width: Int, model: Model) {
    (self.place, self.rules, self.width) = (place, rules, width)
    joints = input.guides.first?.joints
    end = model.specialTokens.end
    batch = RowBatch(input.source, model: model, scoring: Scoring())
    nodes = [place.beginning == nil ? nil : 0]
  }

  /// The words, the most probable first, at most as many as are wanted.
  mutating func search() -> [Word] {
    readBefore()
    if place.beginning == nil { total = 1 }
    for _ in 0..<Self.longestWord where !batch.hypotheses.isEmpty && !isDone { advance() }
    let scale = total > 0 ? 1 / total : 0
    return found.sorted { ($1.probability, $0.tokens.count) < ($0.probability, $1.tokens.count) }
      .prefix(place.count).map {
        Word(tokens: $0.tokens, probability: min(1, $0.probability * scale), next: $0.next)
      }
  }

  private mutating func readBefore() {
    for token in place.before {
      batch.step()
      let step = logProbability(of: token)
      base += step
      batch.grow([Survivor(row: 0, prediction: Prediction(token: token, logProbability: step))])
    }
  }

  /// The log-probability of a token as the next one of the only row.
  private func logProbability(of token: TokenID) -> Double {
    let row = batch.scores.span.extracting(batch.range(ofRow: 0))
    return Double(row[Int(token)]) - (row.logSumExp() ?? .nan)
  }

  /// The probability of a row's part of the word.
  private func probability(_ row: Int) -> Double { exp(batch.hypotheses[row].sums.logProbability - base) }

  /// Whether no unfinished word can become one of those that are wanted.
  private var isDone: Bool {
    guard found.count >= place.count else { return false }
    let wanted = found.map(\.probability).sorted(by: >)[place.count - 1]
    return batch.hypotheses.indices.allSatisfy { nodes[$0] == nil && probability($0) <= wanted }
  }

  /// Reads the newest tokens, collects words that are complete, and keeps the most probable others.
  private mutating func advance() {
    batch.step()
    let steps = batch.hypotheses.indices.map(step)
    found += steps.compactMap(\.word)
    let candidates = steps.flatMap(\.candidates).sorted { $0.total > $1.total }
    let kept = candidates.prefix(width)
    for candidate in kept where candidate.node == nil && nodes[candidate.survivor.row] != nil {
      total += exp(candidate.total - base)
    }
    nodes = kept.map(\.node)
    batch.grow(kept.map(\.survivor))
  }

  /// A longer part of a word.
  private struct Candidate {
    var survivor: Survivor
    /// The node that it has reached, as in ``nodes``.
    var node: Int?
    /// The log-probability of all of its tokens.
    var total: Double
  }

  /// How the word of a row goes on, and the word itself if it may end here.
  private func step(_ row: Int) -> (candidates: [Candidate], word: Word?) {
    let scores = batch.scores.span.extracting(batch.range(ofRow: row))
    guard let normalizer = scores.logSumExp() else { return ([], nil) }
    func candidate(_ token: TokenID, node: Int?) -> Candidate {
      let step = Double(scores[Int(token)]) - normalizer
      return Candidate(
        survivor: Survivor(row: row, prediction: Prediction(token: token, logProbability: step)), node: node,
        total: batch.hypotheses[row].sums.logProbability + step)
    }
    if let node = nodes[row], let beginning = place.beginning {
      let edges = beginning.nodes[node].sorted { $0.key < $1.key }
      let possible = edges.filter { scores[Int($0.key)] > -.infinity }
      return (
        possible.map { candidate($0.key, node: $0.value < beginning.nodes.count ? $0.value : nil) }, nil
      )
    }
    let (tokens, word) = tokens(after: row, scores, normalizer)
    return (tokens.map { candidate($0, node: nil) }, word)
  }

  /// The most probable tokens that go on with the word of a row, or begin it, and the word if it may end here.
  private func tokens(after row: Int, _ scores: Span<Float>, _ normalizer: Double) -> ([TokenID], Word?) {
    let hypothesis = batch.hypotheses[row]
    let word = Array(hypothesis.tokens.dropFirst(place.before.count))
    var (going, ending): ([(token: TokenID, score: Float)], [(token: TokenID, score: Float)]) = ([], [])
    scores.forEach(above: -.infinity, of: rules.allowed(after: hypothesis)) { token, score in
      if goesOn(word, with: TokenID(token)) {
        going.append((TokenID(token), score))
      } else {
        ending.append((TokenID(token), score))
      }
      return -.infinity
    }
    func best(_ tokens: [(token: TokenID, score: Float)]) -> [TokenID] {
      tokens.sorted { ($1.score, $0.token) < ($0.score, $1.token) }.prefix(width).map(\.token)
    }
    if word.isEmpty {
      // The first token of a word cannot go on with the one before; nothing at all is also an alternative.
      let nothing = ending.first { $0.token == end }.map { item in
        Word(tokens: [], probability: probability(row) * exp(Double(item.score) - normalizer), next: [end])
      }
      return (best(ending.filter { $0.token != end }), nothing)
    }
    // A token that wants another one is no end of a word, even if the translation could end there.
    guard !ending.isEmpty, !(word.last.map { joints?.goesOnAfter[Int($0)] ?? false } ?? false) else {
      return (best(going), nil)
    }
    let share = ending.reduce(0) { $0 + exp(Double($1.score) - normalizer) }
    return (best(going), Word(tokens: word, probability: probability(row) * share, next: best(ending)))
  }

  /// Whether a word goes on with a token; for a place where no word has begun, whether the one before it does.
  private func goesOn(_ word: [TokenID], with token: TokenID) -> Bool {
    guard let joints else { return false }
    if let last = word.last, joints.goesOnAfter[Int(last)] { return token != end }
    return token != end && joints.goesOnBefore[Int(token)]
  }

  /// Tokens of a word beyond which it is given up.
  private static var longestWord: Int { 64 }
}
