/// Whether a character is a decimal digit of any script: its general category is Nd.
func isDecimalDigit(_ character: Span<UInt8>) -> Bool {
  if character[0] < 0x80 { return UInt8(ascii: "0")...UInt8(ascii: "9") ~= character[0] }
  let scalar = decodeScalar(character, at: 0)
  return scalar.length == character.count
    && Unicode.Scalar(scalar.value)?.properties.generalCategory == .decimalNumber
}
