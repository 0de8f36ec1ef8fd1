/// A line in lowercase, equal to the result of Python's `str.lower`.
func lowercased(_ bytes: [UInt8]) -> [UInt8] {
  if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 } }
  let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  var lower = ""
  for (index, scalar) in scalars.enumerated() {
    if scalar == "Σ" {
      lower += isFinalSigma(scalars, at: index) ? "ς" : "σ"
    } else {
      lower += scalar.properties.lowercaseMapping
    }
  }
  return Array(lower.utf8)
}

/// Whether a sigma ends its word: there is a letter before it and none after it, ignoring marks in between.
///
/// Source: The Unicode Standard, section 3.13, condition Final_Sigma.
private func isFinalSigma(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
  func isCased(_ rest: some Sequence<Unicode.Scalar>) -> Bool {
    rest.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
  }
  return isCased(scalars[..<index].reversed()) && !isCased(scalars[(index + 1)...])
}
