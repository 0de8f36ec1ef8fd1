internal import Models
internal import Tensors

/// The slices of the flat buffers that an update works on.
struct UpdateSlices: Sendable {
  /// The trained parameters, in slices small enough for the cache.
  ///
  /// They do not depend on the number of threads, so sums over them do not either.
  let trained: [Range<Int>]
  /// The frozen parameters.
  let frozen: [Range<Int>]

  init(_ model: Transformer, frozen parts: Set<ModelPart>) {
    frozen = merged(model.parameters(of: parts).map(\.range))
    let starts = [0] + frozen.map(\.upperBound)
    let ends = frozen.map(\.lowerBound) + [model.parameterCount]
    trained = zip(starts, ends).flatMap { slices(of: $0..<$1) }
  }
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
