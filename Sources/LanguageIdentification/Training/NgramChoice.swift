/// Chooses the groups of letters that are worth weights: those that are most frequent in any one language.
///
/// - Parameters:
///   - texts: for each language, the fingerprints of each of its pieces.
///   - limit: how many to choose.
/// - Returns: ascending fingerprints.
func chosenNgrams(_ texts: [[[UInt32]]], limit: Int) -> [UInt32] {
  var shares: [UInt32: Float] = [:]
  for pieces in texts {
    var counts: [UInt32: Int] = [:]
    for piece in pieces { for fingerprint in piece { counts[fingerprint, default: 0] += 1 } }
    let total = Float(max(1, pieces.reduce(0) { $0 + $1.count }))
    for (fingerprint, count) in counts where count >= leastCount {
      shares[fingerprint] = max(shares[fingerprint] ?? 0, Float(count) / total)
    }
  }
  let best = shares.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit)
  return best.map(\.key).sorted()
}

/// What occurs less often may be a mistake.
private let leastCount = 3
