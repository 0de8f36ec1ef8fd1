/// The candidate that `word` is most likely a misspelling of, or `nil` if none is similar.
///
/// Up to a third of the letters may differ, so that `--beams` finds `--beam` and `--foo` finds nothing.
func nearest(to word: String, among candidates: [String]) -> String? {
  let distances = candidates.map { (candidate: $0, distance: editDistance(Array(word), Array($0))) }
  guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
  let letters = best.candidate.drop { $0 == "-" }.count
  return best.distance <= max(1, letters / 3) ? best.candidate : completion(of: word, among: candidates)
}

/// The only candidate that begins with `word`.
private func completion(of word: String, among candidates: [String]) -> String? {
  let longer = candidates.filter { $0.hasPrefix(word) }
  return longer.count == 1 && word.count > 3 ? longer[0] : nil
}

/// The number of insertions, deletions, replacements and swaps of neighbors that turn `a` into `b`.
///
/// Swaps count as one edit, since they are common typos: the "optimal string alignment" distance.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
      row.append(cost)
    }
    (beforePrevious, previous) = (previous, row)
  }
  return previous[b.count]
}
