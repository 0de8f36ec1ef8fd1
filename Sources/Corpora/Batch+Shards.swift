import Tokens

extension Batch {
  /// Cuts the batch into parts with nearly equal numbers of target tokens, one for each worker.
  ///
  /// Sentences are sorted by length and cut into runs, so that a shard has similar lengths and little padding. Each run
  /// ends as close as possible to its share of the target tokens. The cut depends only on the batch and `count`. Every
  /// sentence is in exactly one shard, and no shard is empty unless there are fewer sentences than shards.
  ///
  /// - Parameter count: number of shards, at least 1.
  /// - Returns: `count` batches, from the shortest sentences to the longest.
  public func shards(count: Int) -> [Batch] {
    precondition(count > 0, "shards: a count of \(count)")
    let rows = (0..<self.count).sorted {
      (target.lengths[$0], source.lengths[$0], $0) < (target.lengths[$1], source.lengths[$1], $1)
    }
    let ends = runEnds(lengths: rows.map { target.lengths[$0] }, count: count)
    return (0..<count).map { selecting(rows[(($0 == 0) ? 0 : ends[$0 - 1])..<ends[$0]]) }
  }
}

/// Where to cut a sequence of lengths into `count` runs of nearly equal sums.
private func runEnds(lengths: [Int], count: Int) -> [Int] {
  let total = lengths.reduce(0, +)
  var ends: [Int] = []
  var (end, sum) = (0, 0)
  for shard in 1..<max(count, 1) {
    // At least one sentence for this shard and for each of the following ones.
    let least = min(end + 1, lengths.count)
    let most = max(lengths.count - (count - shard), least)
    while end < most {
      // In units of 1 / count, to use integers.
      let (before, after) = (total * shard - sum * count, (sum + lengths[end]) * count - total * shard)
      guard end < least || after <= before else { break }
      sum += lengths[end]
      end += 1
    }
    ends.append(end)
  }
  return ends + [lengths.count]
}
