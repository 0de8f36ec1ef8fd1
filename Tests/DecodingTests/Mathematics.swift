import Glibc

extension Float {
  /// `exp`, in double precision.
  var exponential: Double { exp(Double(self)) }
}

extension Double {
  /// `exp`, which as `Double.exp` would be looked up as a member.
  static func exponential(_ x: Double) -> Double { exp(x) }

  /// The natural logarithm.
  var logarithm: Double { log(self) }

  /// Whether two results of the same sum in different orders are equal.
  func isClose(to other: Double, tolerance: Double = 1e-5) -> Bool {
    self == other || abs(self - other) <= tolerance * max(1, abs(self))
  }
}
