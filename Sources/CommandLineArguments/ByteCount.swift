/// An amount of memory.
public struct ByteCount: ArgumentValue, Equatable {
  /// Bytes.
  public var bytes: Int

  /// An amount in bytes.
  public init(_ bytes: Int) { self.bytes = bytes }

  /// An amount such as `800m`, `2g` or `1.5G`, in powers of 1024; a bare number counts bytes.
  public init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let amount = Double(argument: String(digits)) else { return nil }
    let unit = argument.dropFirst(digits.count).lowercased()
    guard let scale = unit.isEmpty ? 1 : Self.units.first(where: { $0.letter == unit })?.bytes,
      Self.accepted.contains(amount * scale)
    else { return nil }
    bytes = Int(amount * scale)
  }

  /// From one byte to more than any machine has, yet small enough that sums do not overflow.
  private static let accepted = 1...1e16

  private static let units: [(letter: String, bytes: Double)] = [
    ("t", 0x1p40), ("g", 0x1p30), ("m", 0x1p20), ("k", 0x1p10),
  ]

  /// An amount with a unit.
  public static var expectation: String { "an amount of memory such as 800m, 2g or 1.5g" }
  /// The amount in the largest unit that does not need a fraction.
  public var defaultText: String? {
    for (letter, scale) in Self.units where bytes > 0 && bytes.isMultiple(of: Int(scale)) {
      return "\(bytes / Int(scale))\(letter)"
    }
    return "\(bytes)"
  }
  /// The number of bytes, to compare with limits.
  public var magnitude: Double? { Double(bytes) }
}
