private import Synchronization

/// How large the inputs of products are, for each weight: the greatest magnitude of each product's input.
///
/// Formats whose products round their inputs by a fixed scale need it.
public final class InputMagnitudes: Sendable {
  /// The greatest magnitudes of all products with a weight.
  public struct Summary: Sendable, Equatable {
    /// The number of products.
    public var count: Int
    /// Their mean.
    public var mean: Double
    /// Their standard deviation, that of all of them, not an estimate from a sample.
    public var deviation: Double
  }

  private struct Sums {
    var count = 0
    var sum = 0.0
    var squares = 0.0
  }

  private let sums = Mutex<[Parameter: Sums]>([:])

  /// Nothing was observed yet.
  public init() {}

  /// Counts the input of a product.
  ///
  /// - Parameters:
  ///   - x: all its elements; NaN is ignored.
  ///   - count: their number.
  ///   - weight: with which it is multiplied, as the product has it: several matrices may be one.
  func observe(_ x: UnsafePointer<Float>, count: Int, weight: Parameter) {
    guard count > 0 else { return }
    var greatest: Float = 0
    for index in 0..<count { greatest = max(greatest, x[index].magnitude) }
    let value = Double(greatest)
    sums.withLock {
      $0[weight, default: Sums()].count += 1
      $0[weight, default: Sums()].sum += value
      $0[weight, default: Sums()].squares += value * value
    }
  }

  /// What was observed for a weight.
  ///
  /// - Parameter weight: a matrix, alone or a part of one that a product has.
  /// - Returns: nil if there was no product with it.
  public func summary(of weight: Parameter) -> Summary? {
    sums.withLock { all in
      guard let sums = all.first(where: { $0.key.range.contains(weight.offset) })?.value else { return nil }
      let mean = sums.sum / Double(sums.count)
      let variance = max(0, sums.squares / Double(sums.count) - mean * mean)
      return Summary(count: sums.count, mean: mean, deviation: variance.squareRoot())
    }
  }
}
