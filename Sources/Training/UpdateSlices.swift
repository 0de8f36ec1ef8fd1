internal import Corpora
internal import Models
internal import Tensors
internal import Tokens

/// The slices of the flat buffers that an update works on.
struct UpdateSlices: Sendable {
  /// The trained parameters, in slices small enough for the cache.
  ///
  /// They do not depend on the number of threads, so sums over them do not either.
  let trained: [Range<Int>]
  /// The frozen parameters.
  let frozen: [Range<Int>]
  /// Embedding tables in memory order, rows of which have no gradient unless their token occurs.
  private let tables: [Parameter]
  /// Tokens that may be used without occurring in a batch.
  private let special: [TokenID]

  init(_ model: Transformer, frozen parts: Set<ModelPart>) {
    frozen = merged(model.parameters(of: parts).map(\.range))
    let starts = [0] + frozen.map(\.upperBound)
    let ends = frozen.map(\.lowerBound) + [model.parameterCount]
    trained = zip(starts, ends).flatMap { slices(of: $0..<$1) }
    tables = model.lookupTables.sorted { $0.offset < $1.offset }
    special = model.configuration.specialTokens.ids
  }

  /// The parts of ``trained`` whose gradients may differ from zero: all but the embeddings of tokens that do not occur.
  ///
  /// - Parameter batches: those of the update.
  /// - Returns: ranges in ascending order.
  func nonzero(_ batches: [Batch]) -> [Range<Int>] {
    guard !tables.isEmpty else { return trained }
    var tokens = Set(special)
    for batch in batches { tokens.formUnion(batch.source.ids + batch.target.ids) }
    let sorted = tokens.filter { $0 >= 0 }.sorted()
    var kept: [Range<Int>] = []
    var start = 0
    for table in tables {
      kept.append(start..<table.offset)
      let columns = table.shape.columns
      for token in sorted.prefix(while: { $0 < table.shape.rows }) {
        let row = table.offset + Int(token) * columns
        kept.append(row..<row + columns)
      }
      start = table.range.upperBound
    }
    kept.append(start..<(trained.last?.upperBound ?? start))
    return intersections(of: trained, merged(kept))
  }
}

/// The common parts of two lists of ranges, each in ascending order and without overlaps.
private func intersections(of first: [Range<Int>], _ second: [Range<Int>]) -> [Range<Int>] {
  var (result, index): ([Range<Int>], Int) = ([], 0)
  for range in first {
    while index < second.count, second[index].upperBound <= range.lowerBound { index += 1 }
    var next = index
    while next < second.count, second[next].lowerBound < range.upperBound {
      let common = range.clamped(to: second[next])
      if !common.isEmpty { result.append(common) }
      next += 1
    }
  }
  return result
}

/// Ranges in ascending order, with adjacent ones merged.
private func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
  ranges.reduce(into: []) { result, range in
    if let last = result.last, last.upperBound == range.lowerBound {
      result[result.count - 1] = last.lowerBound..<range.upperBound
    } else {
      result.append(range)
    }
  }
}

private func slices(of range: Range<Int>) -> [Range<Int>] {
  stride(from: range.lowerBound, to: range.upperBound, by: sliceSize).map {
    $0..<min($0 + sliceSize, range.upperBound)
  }
}

private let sliceSize = 1 << 15
