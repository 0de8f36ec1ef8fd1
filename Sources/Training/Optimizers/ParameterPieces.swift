internal import Tensors

/// Finds the parameters that a slice of the flat buffer is made of.
struct ParameterPieces: Sendable {
  let parameters: [NamedParameter]
  /// Floats that all of them take.
  let count: Int

  /// - Precondition: the parameters lie one after the other without gaps, as a `ParameterBuilder` lays them.
  init(_ parameters: [NamedParameter]) {
    self.parameters = parameters
    count = parameters.last?.range.upperBound ?? 0
    let starts = [0] + parameters.map(\.range.upperBound)
    precondition(zip(starts, parameters).allSatisfy { $0 == $1.range.lowerBound }, "parameters have gaps")
  }

  /// What the slice holds of each parameter, in the order in which they lie.
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
