/// The number of edits from hypothesis to reference, including shifts of phrases, found greedily.
///
/// As long as a shift lowers the edit distance, the shift that lowers it most is applied. Limits and order of
/// preference are those of Tercom and sacreBLEU.
func translationEdits(from hypothesis: [Int32], to reference: [Int32]) -> Int {
  guard !reference.isEmpty else { return hypothesis.count }
  var search = ShiftSearch(hypothesis, reference)
  var shifts = 0
  while search.takeBestShift() { shifts += 1 }
  return shifts + search.distance
}

private struct ShiftSearch {
  private static let longestShift = 10
  private static let farthestShift = 50
  private static let mostCandidates = 1000

  private let reference: [Int32]
  private var matrix: EditMatrix
  private var candidates = 0

  init(_ words: [Int32], _ reference: [Int32]) {
    self.reference = reference
    matrix = EditMatrix(words, reference: reference)
  }

  private var words: [Int32] { matrix.hypothesis }
  var distance: Int { matrix.distance }

  /// A phrase that occurs on both sides, with its positions.
  private struct Match {
    let start, target, length: Int
    var range: Range<Int> { start..<start + length }
  }

  private struct Shift {
    let gain: Int
    let match: Match
    let position: Int
    /// The greatest rank is the best: by gain, then length, then the earliest match and position.
    var rank: (Int, Int, Int, Int) { (gain, match.length, -match.start, -position) }
  }

  /// Applies the shift with the highest gain.
  ///
  /// - Returns: false if no shift has a gain, or at the limit of attempts.
  mutating func takeBestShift() -> Bool {
    guard matrix.distance > 0 else { return false }
    let alignment = Alignment(matrix.path)
    var best: Shift?
    search: for start in words.indices where alignment.hasError(start..<start + Self.longestShift) {
      let near = (start - Self.farthestShift..<start + Self.farthestShift + 1).clamped(to: reference.indices)
      for target in near where words[start] == reference[target] {
        for match in matches(start, target) where alignment.allows(match.range, match.target) {
          consider(match, alignment, &best)
          if candidates >= Self.mostCandidates { break search }
        }
      }
    }
    guard candidates < Self.mostCandidates, let best, best.gain > 0 else { return false }
    let (shifted, changed) = shifting(best.match, to: best.position)
    matrix.replaceHypothesis(shifted, changed: changed)
    return true
  }

  private func matches(_ start: Int, _ target: Int) -> [Match] {
    let limit = min(Self.longestShift, words.count - start, reference.count - target)
    var found: [Match] = []
    for length in 0..<limit where words[start + length] == reference[target + length] {
      guard found.count == length else { break }
      found.append(Match(start: start, target: target, length: length + 1))
    }
    return found
  }

  /// Tries the positions before and inside the phrase's place in the reference.
  private mutating func consider(_ match: Match, _ alignment: Alignment, _ best: inout Shift?) {
    var previous = -1
    for target in match.target - 1..<match.target + match.length {
      let position = target < 0 ? 0 : alignment.hypothesis[target] + 1
      if position == previous { continue }
      previous = position
      let (shifted, changed) = shifting(match, to: position)
      let gain = distance - matrix.distance(of: shifted, changed: changed)
      let shift = Shift(gain: gain, match: match, position: position)
      candidates += 1
      if best.map({ shift.rank > $0.rank }) ?? true { best = shift }
    }
  }

  /// The words after a shift, and the positions outside which they are the same.
  private func shifting(_ match: Match, to position: Int) -> (words: [Int32], changed: Range<Int>) {
    let phrase = match.range
    if position < phrase.lowerBound {
      return rotating(position..<phrase.upperBound, at: phrase.lowerBound)
    }
    // A position after the phrase counts words including it; a position inside the phrase counts from its end.
    let stop = min(position > phrase.upperBound ? position : match.length + position, words.count)
    return rotating(phrase.lowerBound..<max(stop, phrase.upperBound), at: phrase.upperBound)
  }

  /// The words with the two parts of a range exchanged; the second part begins at `middle`.
  private func rotating(_ range: Range<Int>, at middle: Int) -> (words: [Int32], changed: Range<Int>) {
    var rotated = words
    rotated.replaceSubrange(range, with: words[middle..<range.upperBound] + words[range.lowerBound..<middle])
    return (rotated, range)
  }
}

/// The hypothesis word aligned to each reference word, and which words on both sides are wrong.
private struct Alignment {
  private(set) var hypothesis: [Int] = []
  private var wrongReference: [Bool] = []
  private var wrongHypothesis: [Bool] = []

  init(_ path: [EditMatrix.Operation]) {
    for operation in path {
      if operation != .insert { wrongHypothesis.append(operation != .keep) }
      if operation != .delete {
        wrongReference.append(operation != .keep)
        hypothesis.append(wrongHypothesis.count - 1)
      }
    }
  }

  /// Whether there is a wrong hypothesis word in a range, which may go beyond the end.
  func hasError(_ range: Range<Int>) -> Bool {
    wrongHypothesis[range.clamped(to: wrongHypothesis.indices)].contains(true)
  }

  /// Whether a phrase is worth shifting: wrong where it stands, missing where it goes, and not there already.
  func allows(_ phrase: Range<Int>, _ target: Int) -> Bool {
    wrongHypothesis[phrase].contains(true)
      && wrongReference[target..<target + phrase.count].contains(true)
      && !phrase.contains(hypothesis[target])
  }
}
