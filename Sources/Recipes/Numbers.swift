import Formatting

/// The nearest of 1, 2 and 5 times a power of ten: measurements are no more exact than that, and a recipe that is made
/// twice should be the same.
func rounded(_ number: Double) -> Int {
  guard number >= 1 else { return 1 }
  var power = 1.0
  while power * 10 <= number { power *= 10 }
  let mantissa = number / power
  // The boundaries are the geometric means of neighbors.
  let digit: Double = mantissa < 1.414 ? 1 : mantissa < 3.162 ? 2 : mantissa < 7.071 ? 5 : 10
  return Int(digit * power)
}

/// A large number in a few characters: "382,000", "34 million".
func words(_ number: Double) -> String {
  guard number.isFinite else { return "any number of" }
  if number >= 9.995e8 { return "\(short(number / 1e9)) billion" }
  if number >= 9.995e5 { return "\(short(number / 1e6)) million" }
  if number >= 1e4 { return "\(Readable.count(Int((number / 1000).rounded()) * 1000))" }
  return Readable.count(Int(number.rounded()))
}

/// With one decimal if it is significant.
private func short(_ number: Double) -> String {
  let text = Readable.decimal(number, number < 9.95 ? 1 : 0)
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
