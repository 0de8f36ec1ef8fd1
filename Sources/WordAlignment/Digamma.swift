internal import Foundation

/// The digamma function, the derivative of log Γ.
///
/// - Parameter x: above 0.
/// - Returns: ψ(x), with an absolute error below 1e-8.
///
/// Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 6.3.5 and 6.3.18.
package func digamma(_ x: Double) -> Double {
  var (x, shift) = (x, 0.0)
  while x < 6 {
    shift -= 1 / x
    x += 1
  }
  let square = 1 / (x * x)
  let series = square * (1.0 / 12 - square * (1.0 / 120 - square * (1.0 / 252 - square / 240)))
  return log(x) - 0.5 / x - series + shift
}
