import Formatting

/// A number with three significant digits: "0.00012", "1.2e-5", "34.1", "12.3 M"; below a million, all digits before
/// the point: "123,456".
package func compactNumber(_ number: Double) -> String {
  guard number.isFinite else { return number.isNaN ? "–" : number < 0 ? "−∞" : "∞" }
  let size = number.magnitude
  let sign = number < 0 ? "−" : ""
  switch size {
  case 0: return "0"
  case ..<9.995e-5: return sign + scientific(size)
  case ..<9.995: return sign + trimmed(Readable.decimal(size, 2 - exponent(of: size)))
  case ..<99.95: return sign + trimmed(Readable.decimal(size, 1))
  case ..<999_999.5: return sign + Readable.count(Int(size.rounded()))
  case ..<999.5e6: return sign + trimmed(threeDigits(size / 1e6)) + " M"
  case ..<1e15: return sign + trimmed(threeDigits(size / 1e9)) + " G"
  default: return sign + scientific(size)
  }
}

private func threeDigits(_ size: Double) -> String {
  Readable.decimal(size, size < 9.995 ? 2 : size < 99.95 ? 1 : 0)
}

private func scientific(_ size: Double) -> String {
  var place = exponent(of: size)
  var digits = size / power(place)
  if digits >= 9.995 { (digits, place) = (digits / 10, place + 1) }
  return trimmed(Readable.decimal(digits, 2)) + "e\(place)"
}

private func trimmed(_ text: String) -> String {
  guard text.contains(".") else { return text }
  var text = text
  while text.last == "0" { text.removeLast() }
  if text.last == "." { text.removeLast() }
  return text
}

/// The power of ten of a number's first digit.
func exponent(of size: Double) -> Int {
  var place = 0
  while power(place + 1) <= size { place += 1 }
  while power(place) > size, place > -320 { place -= 1 }
  return place
}

/// A power of ten.
func power(_ exponent: Int) -> Double {
  let value = (0..<abs(exponent)).reduce(1.0) { product, _ in product * 10 }
  return exponent < 0 ? 1 / value : value
}
