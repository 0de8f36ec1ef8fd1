internal import Models
internal import Tensors

/// Pieces of the flat buffers for the threads: small enough for the cache, and the same however many threads there
/// are, so that sums over them are.
struct UpdateSlices: Sendable {
  /// Of the parameters that are trained.
  let trained: [Range<Int>]
  /// Of those that stay as they are.
  let frozen: [Range<Int>]

  init(_ model: Transformer, frozen parts: Set<ModelPart>) {
    let frozenRanges = merged(model.parameters(of: parts).map(\.range))
    let starts = [0] + frozenRanges.map(\.upperBound)
    let ends = frozenRanges.map(\.lowerBound) + [model.parameterCount]
    trained = zip(starts, ends).flatMap { slices(of: $0..<$1) }
    frozen = frozenRanges.flatMap(slices)
  }
}

/// Ranges in ascending order, those that touch joined to one.
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
