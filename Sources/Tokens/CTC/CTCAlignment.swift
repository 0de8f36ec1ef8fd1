/// The most probable alignment of a sentence's labels to rows, in connectionist temporal classification: the Viterbi
/// path.
public struct CTCAlignment: Sendable, Equatable {
  /// Each row's label, or the blank.
  public let path: [TokenID]
  /// The sum of the logarithms of the path's probabilities.
  public let logProbability: Double

  /// The best path through one sentence's log-probabilities, or nil if no path with a positive probability spells the
  /// labels, for example because there are too few rows.
  ///
  /// Of equally probable paths it is the one that is further along in the last row where they differ.
  ///
  /// - Parameters:
  ///   - labels: what the path has to spell, without blanks.
  ///   - logProbabilities: shape `[rows, classes]`. Adding a constant to a row does not change the path, so these may
  ///     be logits.
  ///   - classes: the size of the vocabulary, including the blank.
  ///   - blank: the class of the blank.
  /// - Complexity: rows · labels steps.
  ///
  /// Source: Graves et al. 2006, "Connectionist Temporal Classification", section 4.1, for the lattice; Qian et al.
  /// 2021, "Glancing Transformer for Non-Autoregressive Neural Machine Translation", for its use.
  public init?(labels: [TokenID], logProbabilities: [Float], classes: Int, blank: TokenID) {
    precondition(
      classes > 0 && logProbabilities.count % classes == 0
        && ([blank] + labels).allSatisfy { 0..<classes ~= Int($0) } && !labels.contains(blank),
      "CTCAlignment: \(logProbabilities.count) log-probabilities of \(classes) classes, labels \(labels)")
    let symbols = [blank] + labels
    let emissions = stride(from: 0, to: logProbabilities.count, by: classes).flatMap { row in
      symbols.map { logProbabilities[row + Int($0)] }
    }
    self.init(symbols: symbols, emissions: emissions)
  }

  /// The best path through log-probabilities of the sentence's own symbols.
  ///
  /// - Parameters:
  ///   - symbols: the blank, then the labels.
  ///   - emissions: their log-probabilities, shape `[rows, symbols]`.
  package init?(symbols: [TokenID], emissions: [Float]) {
    let rows = emissions.count / symbols.count
    guard rows > 0 else {
      guard symbols.count == 1 else { return nil }
      (path, logProbability) = ([], 0)
      return
    }
    var lattice = ViterbiLattice(symbols: symbols)
    for row in 0..<rows { lattice.advance(emissions[row * symbols.count..<(row + 1) * symbols.count]) }
    guard let best = lattice.best else { return nil }
    path = best.states.map { symbols[lattice.symbol(of: $0)] }
    logProbability = best.score
  }
}

/// The best paths to every state, row by row: state 2j + 1 is label j, even states are the blanks between labels.
private struct ViterbiLattice {
  private let symbols: [TokenID]
  private var scores: [Double]
  /// How many states back the best path to each state came from, row by row.
  private var moves: [UInt8] = []

  init(symbols: [TokenID]) {
    self.symbols = symbols
    scores = [Double](repeating: -.infinity, count: 2 * symbols.count - 1)
  }

  /// The index in `symbols` of what a state emits.
  func symbol(of state: Int) -> Int { state % 2 == 0 ? 0 : (state + 1) / 2 }

  /// Advances by a row with these log-probabilities of the symbols.
  mutating func advance(_ emissions: ArraySlice<Float>) {
    let isFirst = moves.isEmpty
    let last = scores
    for state in scores.indices {
      // The first row can only hold the first blank or the first label.
      var (score, move) = (isFirst ? (state < 2 ? 0 : -.infinity) : last[state], 0)
      for step in 1...2 where !isFirst && allows(step, to: state) && last[state - step] > score {
        (score, move) = (last[state - step], step)
      }
      scores[state] = score + Double(emissions[emissions.startIndex + symbol(of: state)])
      moves.append(UInt8(move))
    }
  }

  /// Whether a state can be reached from the one `step` before it: a blank may be skipped between labels that differ.
  private func allows(_ step: Int, to state: Int) -> Bool {
    guard step <= state else { return false }
    return step == 1 || state % 2 == 1 && symbols[symbol(of: state)] != symbols[symbol(of: state) - 1]
  }

  /// The best path to the end, one state for each row; nil if there is none.
  var best: (states: [Int], score: Double)? {
    let count = scores.count
    var state = count > 1 && scores[count - 2] > scores[count - 1] ? count - 2 : count - 1
    let score = scores[state]
    guard score > -.infinity else { return nil }
    var states: [Int] = []
    for start in stride(from: moves.count - count, through: 0, by: -count) {
      states.append(state)
      state -= Int(moves[start + state])
    }
    return (states.reversed(), score)
  }
}
