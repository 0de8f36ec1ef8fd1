/// The index of the greatest element of each row of a product, of which some rows at a time are computed.
///
/// - Parameters:
///   - x: `rows` rows of `inputs` floats.
///   - rows: rows of `x`.
///   - inputs: columns of `x`.
///   - outputs: columns of the product.
///   - excluded: for each row, a bit for each of the first 16 outputs that is excluded.
///   - multiply: computes the product of some rows of `x`.
/// - Returns: an output for each row, the first of equals; -1 if its greatest element is not finite or all are excluded.
func greatestOutputs(
  _ x: UnsafePointer<Float>, rows: Int, inputs: Int, outputs: Int, excluding excluded: [UInt16],
  multiply: (_ x: UnsafePointer<Float>, _ rows: Int, _ y: UnsafeMutablePointer<Float>) -> Void
) -> [Int32] {
  // As many rows at a time as a product needs to be fast.
  let step = 16
  var result: [Int32] = []
  var y = [Float](repeating: 0, count: min(rows, step) * outputs)
  for first in stride(from: 0, to: rows, by: step) {
    let count = min(step, rows - first)
    multiply(x + first * inputs, count, &y)
    for row in 0..<count {
      for output in 0..<min(16, outputs) where excluded[first + row] >> output & 1 == 1 {
        y[row * outputs + output] = -.infinity
      }
      let elements = y.span.extracting(row * outputs..<(row + 1) * outputs)
      result.append(elements.indexOfGreatest ?? -1)
    }
  }
  return result
}
