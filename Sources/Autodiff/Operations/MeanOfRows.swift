private import CKernels
public import Tensors

extension Tape {
  /// The mean of each range of rows, such as the rows of a sentence.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - ranges: rows of `x`, none of them empty.
  /// - Returns: shape `[ranges.count, size]`.
  public func meanOfRows(_ x: Tensor, _ ranges: [Range<Int>]) -> Tensor {
    let size = x.shape.columns
    precondition(
      ranges.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= x.shape.rows },
      "meanOfRows: x \(x.shape), ranges \(ranges)")
    let operation = begin("mean of rows")
    let y = makeTensor([ranges.count, size])
    y.values.update(repeating: 0, count: y.shape.count)
    for (index, range) in ranges.enumerated() {
      let mean = y.values + index * size
      rows_sum(mean, x.values + range.lowerBound * size, range.count, size)
      for column in 0..<size { mean[column] /= Float(range.count) }
    }
    record(operation) {
      guard let dy = y.gradient, let dx = x.gradient else { return }
      for (index, range) in ranges.enumerated() {
        for row in range {
          for column in 0..<size {
            dx[row * size + column] += dy[index * size + column] / Float(range.count)
          }
        }
      }
    }
    return y
  }
}
