/// Numbers formatted for people.
public enum Readable {
  /// A time in seconds as "0.4s", "12s", "3m 12s", "2h 05m" or "3d 4h"; "?" if it is not a valid time.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e15 else { return "?" }
    if seconds < 9.95 { return decimal(seconds, 1) + "s" }
    let whole = Int(seconds.rounded())
    let (days, hours, minutes) = (whole / 86400, whole / 3600 % 24, whole / 60 % 60)
    if whole >= 86400 { return "\(days)d \(hours)h" }
    if whole >= 3600 { return "\(hours)h \(padded(minutes))m" }
    if whole >= 60 { return "\(minutes)m \(padded(whole % 60))s" }
    return "\(whole)s"
  }

  /// A whole number with thousands separators: "1,234".
  public static func count(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A speed with three significant digits: "12.3 k tokens/s", "870 tokens/s", "1.25 M tokens/s".
  ///
  /// - Parameters:
  ///   - perSecond: the number per second.
  ///   - things: the unit, in the plural.
  /// - Returns: the speed with its unit.
  public static func rate(_ perSecond: Double, _ things: String) -> String {
    guard perSecond.isFinite else { return "? \(things)/s" }
    let (text, unit) = scaled(perSecond, by: 1000, units: ["", "k", "M", "G", "T"])
    return text + (unit.isEmpty ? "" : " \(unit)") + " \(things)/s"
  }

  /// A size in powers of 1024: "512 bytes", "1.5 MiB".
  public static func bytes(_ count: Int) -> String {
    guard count >= 1024 else { return count == 1 ? "1 byte" : "\(count) bytes" }
    let (text, unit) = scaled(Double(count), by: 1024, units: ["", "KiB", "MiB", "GiB", "TiB"])
    return "\(text) \(unit)"
  }

  /// A number with the given number of decimals, such as "3.20"; 10^12 and above in the shortest form.
  public static func decimal(
    _ number: Double, _ decimals: Int, rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
  ) -> String {
    guard number.isFinite, number.magnitude < 1e12 else { return "\(number)" }
    let scale = (0..<decimals).reduce(1) { value, _ in value * 10 }
    let digits = Int((number.magnitude * Double(scale)).rounded(rounding))
    let sign = number < 0 && digits > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(digits) }
    let fraction = String(digits % scale)
    return sign + "\(digits / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// The shortest text that parses as the number, without a trailing ".0": "0.1", "3".
  public static func shortest(_ number: Double) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number rounded to the given number of decimals, in its shortest form: "3.2", "3.0".
  public static func rounded(_ number: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { value, _ in value * 10 }
    return "\((number * scale).rounded() / scale)"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func scaled(_ number: Double, by step: Double, units: [String]) -> (String, String) {
    var (value, index) = (number, 0)
    // 999.5 and above would round to four digits.
    while value >= step - 0.5, index < units.count - 1 {
      value /= step
      index += 1
    }
    let decimals = value >= 99.95 || index == 0 && value == value.rounded() ? 0 : value >= 9.995 ? 1 : 2
    return (decimal(value, decimals), units[index])
  }
}
