/// How far numbers are from those that they should be, relative to a scale that is fair to small ones.
///
/// A number that is the difference of large ones carries their rounding errors; so an element is measured
/// against itself, or against the root mean square of its tensor where that is more.
public struct Deviation: CustomStringConvertible {
  /// ‖actual − expected‖ / ‖expected‖.
  public let ofNorm: Double
  /// The greatest |actual − expected| / max(|expected|, root mean square of expected).
  public let ofElements: Double
  /// Where it is greatest.
  public let worstElement: Int

  /// Both measures; infinite where the counts differ or something is not a number.
  ///
  /// - Parameters:
  ///   - actual: what was computed.
  ///   - expected: what it should be.
  ///   - floor: taken for the root mean square where that is less, as it is for tensors of zeros.
  public init(_ actual: [Float], from expected: [Float], floor: Double = 1e-30) {
    guard actual.count == expected.count, actual.allSatisfy(\.isFinite) else {
      (ofNorm, ofElements, worstElement) = (.infinity, .infinity, 0)
      return
    }
    let scale = max(rootMeanSquare(expected), floor)
    let differences = zip(actual, expected).map { abs(Double($0) - Double($1)) }
    let relative = zip(differences, expected).map { $0 / max(abs(Double($1)), scale) }
    ofNorm =
      (differences.reduce(0) { $0 + $1 * $1 } / Double(max(expected.count, 1))).squareRoot() / scale
    ofElements = relative.max() ?? 0
    worstElement = relative.firstIndex(of: ofElements) ?? 0
  }

  /// Both measures in words.
  public var description: String {
    "\(ofNorm) of the norm, \(ofElements) of element \(worstElement)"
  }

  /// The greater of both measures.
  public var worst: Double { max(ofNorm, ofElements) }
}

/// √(mean of x²); 0 for nothing.
public func rootMeanSquare(_ x: [Float]) -> Double {
  (x.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(x.count, 1))).squareRoot()
}
