private import CKernels

extension ModelWeights {
  /// Calls `body` with a matrix in bytes: those that are stored, or else its numbers rounded as in ``WeightValues``.
  ///
  /// - Parameters:
  ///   - parameter: a matrix, shape `[outputs, inputs]`.
  ///   - body: gets `outputs · inputs` bytes and a scale for each output, valid until it returns.
  /// - Returns: what `body` returns; nil if the matrix has numbers that are not finite.
  func withBytes<Result>(
    of parameter: Parameter, _ body: (UnsafePointer<Int8>, UnsafePointer<Float>) -> Result?
  ) -> Result? {
    if let stored = bytes(of: parameter) {
      return withExtendedLifetime(stored.owner) { body(stored.bytes, stored.scales) }
    }
    let (outputs, inputs) = (parameter.shape.rows, parameter.shape.columns)
    return withUnsafeTemporaryAllocation(of: Int8.self, capacity: outputs * inputs) { bytes in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: outputs) { scales in
        guard let byte = bytes.baseAddress, let scale = scales.baseAddress,
          round(parameter, to: byte, scales: scale)
        else { return nil }
        return body(byte, scale)
      }
    }
  }

  /// Rounds a matrix to bytes as in ``WeightValues``, whatever its type.
  ///
  /// - Returns: whether all of its numbers are finite.
  func round(
    _ parameter: Parameter, to bytes: UnsafeMutablePointer<Int8>, scales: UnsafeMutablePointer<Float>
  ) -> Bool {
    let inputs = parameter.shape.columns
    var isFinite = true
    forEachPart(of: parameter) { floats, rows in
      let first = rows.lowerBound
      isFinite =
        isFinite && int8_round(bytes + first * inputs, scales + first, floats, rows.count, inputs) != 0
    }
    return isFinite
  }
}
