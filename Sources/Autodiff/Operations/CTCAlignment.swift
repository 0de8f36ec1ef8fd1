/// The most probable alignment of a sentence's labels to its rows: Viterbi's path.
public struct CTCAlignment: Sendable, Equatable {
  /// Each row's label, or the blank.
  public let path: [Int32]
  /// The sum of the logarithms of the path's probabilities.
  public let logProbability: Double

  /// The best path through one sentence's log-probabilities, or nil where no path of any probability spells the
  /// labels; see ``CTCTarget/isFeasible``.
  ///
  /// Of equal paths, the one that is further on in the last row where they differ.
  ///
  /// - Parameters:
  ///   - labels: what the path has to spell, without blanks.
  ///   - logProbabilities: shape `[rows, classes]`. A number that is added to a whole row does not change the
  ///     path, so that they may be logits.
  ///   - classes: the vocabulary's size, the blank counted.
  ///   - blank: the class of the blank.
  /// - Complexity: rows · labels steps.
  ///
  /// Source: Graves et al. 2006 for the lattice; Qian et al. 2021, "Glancing Transformer", for what it is used for.
  public init?(labels: [Int32], logProbabilities: [Float], classes: Int, blank: Int32) {
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

  /// - Parameters:
  ///   - symbols: the blank, then the labels.
  ///   - emissions: their log-probabilities, shape `[rows, symbols]`.
  init?(symbols: [Int32], emissions: [Float]) {
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

/// The best ways to every state, row by row: state 2j + 1 is label j, the even ones are the blanks around labels.
private struct ViterbiLattice {
  private let symbols: [Int32]
  private var scores: [Double]
  /// How many states back the best way to a state came from, row by row.
  private var moves: [UInt8] = []

  init(symbols: [Int32]) {
    self.symbols = symbols
    scores = [Double](repeating: -.infinity, count: 2 * symbols.count - 1)
  }

  /// The place in `symbols` of what a state emits.
  func symbol(of state: Int) -> Int { state % 2 == 0 ? 0 : (state + 1) / 2 }

  /// Goes one row further, which has these log-probabilities of the symbols.
  mutating func advance(_ emissions: ArraySlice<Float>) {
    let isFirst = moves.isEmpty
    let last = scores
    for state in scores.indices {
      // Before the first row stands nothing, from where the first blank and the first label can be reached.
      var (score, move) = (isFirst ? (state < 2 ? 0 : -.infinity) : last[state], 0)
      for step in 1...2 where !isFirst && allows(step, to: state) && last[state - step] > score {
        (score, move) = (last[state - step], step)
      }
      scores[state] = score + Double(emissions[emissions.startIndex + symbol(of: state)])
      moves.append(UInt8(move))
    }
  }

  /// Blanks may be passed over between labels that differ.
  private func allows(_ step: Int, to state: Int) -> Bool {
    guard step <= state else { return false }
    return step == 1 || state % 2 == 1 && symbols[symbol(of: state)] != symbols[symbol(of: state) - 1]
  }

  /// The best way to the end: one state a row; nil if there is none.
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
