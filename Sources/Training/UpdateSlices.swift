internal import Models
internal import Tensors

/// What of the flat buffers an update works on.
struct UpdateSlices: Sendable {
  /// The parameters that are trained, in pieces for the threads: small enough for the cache, and the same however many
  /// threads there are, so that sums over them are.
  let trained: [Range<Int>]
  /// Those that stay as they are.
  let frozen: [Range<Int>]

  init(_ model: Transformer, frozen parts: Set<ModelPart>) {
    frozen = merged(model.parameters(of: parts).map(\.range))
    let starts = [0] + frozen.map(\.upperBound)
    let ends = frozen.map(\.lowerBound) + [model.parameterCount]
    trained = zip(starts, ends).flatMap { slices(of: $0..<$1) }
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
