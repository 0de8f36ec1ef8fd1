/// The number that is being read: digits, possibly with separators.
struct NumberState {
  private(set) var isOpen = false
  private var value: UInt64 = 0
  private var isAfterSeparator = false

  @inline(__always)
  mutating func add(_ digit: UInt32, _ profile: inout LineProfile) {
    isOpen = true
    isAfterSeparator = false
    value = value &* 10 &+ UInt64(digit)
  }

  /// Keeps the number open at a sign that may separate its digits: 1,000.5.
  @inline(__always)
  mutating func separator(_ scalar: UInt32, _ profile: inout LineProfile) {
    guard !isAfterSeparator, scalar == 0x2C || scalar == 0x2E else { return end(&profile) }
    isAfterSeparator = true
  }

  mutating func end(_ profile: inout LineProfile) {
    profile.numbers += 1
    profile.numberSum &+= mixed(value &+ 1)
    (isOpen, value, isAfterSeparator) = (false, 0, false)
  }
}

/// A number with its bits mixed, by the finalizer of MurmurHash3.
@inline(__always)
func mixed(_ value: UInt64) -> UInt64 {
  var value = value
  value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
  value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
  return value ^ value >> 33
}
