internal import Tensors

/// Finds the parameters in a slice of the flat buffer.
struct ParameterPieces: Sendable {
  let parameters: [NamedParameter]
  /// The total size of the parameters in floats.
  let count: Int

  /// - Precondition: the parameters are contiguous, as a `ParameterBuilder` lays them out.
  init(_ parameters: [NamedParameter]) {
    self.parameters = parameters
    count = parameters.last?.range.upperBound ?? 0
    let starts = [0] + parameters.map(\.range.upperBound)
    precondition(zip(starts, parameters).allSatisfy { $0 == $1.range.lowerBound }, "parameters have gaps")
  }

  /// The parts of parameters in the slice, in memory order.
  func pieces(of slice: Range<Int>) -> [(index: Int, range: Range<Int>)] {
    var pieces: [(index: Int, range: Range<Int>)] = []
    var index = firstIndex(endingAbove: slice.lowerBound)
    while index < parameters.count, parameters[index].range.lowerBound < slice.upperBound {
      pieces.append((index, parameters[index].range.clamped(to: slice)))
      index += 1
    }
    return pieces
  }

  private func firstIndex(endingAbove place: Int) -> Int {
    var (low, high) = (0, parameters.count)
    while low < high {
      let middle = (low + high) / 2
      if parameters[middle].range.upperBound > place { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
