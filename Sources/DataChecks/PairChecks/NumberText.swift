/// The numbers of a line, in digits and in words, for the slow comparison of two lines.
struct NumberText {
  /// Numbers in digits, without separators of thousands.
  private(set) var digits: [Number] = []
  /// Numbers in Chinese characters.
  private var chinese: Set<UInt64> = []
  private var hasMagnitude = false
  private let text: String
  private let language: NumberWords

  struct Number {
    /// All readings: 1.500 is 1500 or one and a half.
    var values: [UInt64]
    /// Whether a sign of months follows, which other languages write as names.
    var isMonth = false
  }

  init(_ line: ArraySlice<UInt8>, _ language: NumberWords) {
    self.language = language
    text = String(decoding: line, as: UTF8.self).lowercased()
    let scalars = Array(text.unicodeScalars)
    readDigits(scalars)
    if language.isChinese { (chinese, hasMagnitude) = chineseNumbers(scalars) }
    hasMagnitude = hasMagnitude || language.magnitudes.contains { text.contains($0) }
  }

  /// Whether each number in digits can be found on the other side.
  func agrees(with other: NumberText) -> Bool {
    // 1.5 million, 150万: too many ways to write them.
    guard !hasMagnitude, !other.hasMagnitude else { return true }
    var left = other.digits
    for number in digits {
      if let match = left.firstIndex(where: { !Set($0.values).isDisjoint(with: number.values) }) {
        left.remove(at: match)
        continue
      }
      guard number.isMonth || number.values.contains(where: { other.says($0, left) }) else { return false }
    }
    return true
  }

  /// Whether the line may say a number in another way.
  private func says(_ value: UInt64, _ left: [Number]) -> Bool {
    if chinese.contains(value) { return true }
    // 7 p.m. and 19 Uhr; 1990s and '90s.
    let others = left.flatMap(\.values)
    if value <= 24, others.contains(where: { $0 == value + 12 || $0 + 12 == value }) { return true }
    if others.contains(where: {
      $0 % 100 == value % 100 && ($0 > 1000) != (value > 1000) && max($0, value) < 2100
    }) {
      return true
    }
    // Digits that are split in another way, such as telephone numbers and dates.
    if others.count > 1, others.map(String.init).joined().contains("\(value)") { return true }
    guard language.isKnown else { return value <= 20 || value % 10 == 0 && value <= 1000 }
    if let words = language.words[Int(min(value, 1 << 20))], words.contains(where: text.contains) {
      return true
    }
    // Twenty-one: both parts are said.
    if value > 20, value < 100, let tens = language.words[Int(value / 10 * 10)],
      let ones = language.words[Int(value % 10)]
    {
      return tens.contains(where: text.contains) && ones.contains(where: text.contains)
    }
    // Years are said in two halves: nineteen ninety-seven.
    if value > 1100, value < 2100, let century = language.words[Int(value / 100)] {
      return century.contains(where: text.contains)
    }
    // Months of dates are names.
    return value <= 12 && digits.contains { $0.values.contains { $0 > 31 } } && left.count < 3
  }

  private mutating func readDigits(_ scalars: [Unicode.Scalar]) {
    var index = 0
    while index < scalars.count {
      guard digit(scalars[index]) != nil else {
        index += 1
        continue
      }
      let (groups, end) = groups(scalars, index)
      // The minutes of 7:00 are not always said.
      let isFullHour =
        index > 0 && (scalars[index - 1] == ":" || scalars[index - 1] == "：") && groups == [[0, 0]]
      if !isFullHour { digits += numbers(groups) }
      if end < scalars.count, scalars[end] == "月", !digits.isEmpty { digits[digits.count - 1].isMonth = true }
      index = end
    }
  }

  /// Groups of digits with single separators between them.
  private func groups(_ scalars: [Unicode.Scalar], _ start: Int) -> (groups: [[Int]], end: Int) {
    var groups: [[Int]] = [[]]
    var index = start
    while index < scalars.count {
      if let value = digit(scalars[index]) {
        groups[groups.count - 1].append(value)
      } else if Self.separators.contains(scalars[index]), index + 1 < scalars.count,
        digit(scalars[index + 1]) != nil
      {
        // Spaces separate only thousands.
        if Self.spaces.contains(scalars[index]), !isThreeDigits(scalars, index + 1) { break }
        groups.append([])
      } else {
        break
      }
      index += 1
    }
    return (groups, index)
  }

  private func isThreeDigits(_ scalars: [Unicode.Scalar], _ start: Int) -> Bool {
    guard start + 3 <= scalars.count, scalars[start..<start + 3].allSatisfy({ digit($0) != nil }) else {
      return false
    }
    return start + 3 == scalars.count || digit(scalars[start + 3]) == nil
  }

  private static let separators: Set<Unicode.Scalar> = [
    ".", ",", " ", "'", "’", "\u{A0}", "\u{202F}", "\u{2009}", "٬", "٫",
  ]
  private static let spaces: Set<Unicode.Scalar> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "'", "’"]

  /// One number, unless the groups are neither thousands nor a fraction, as in dates.
  private func numbers(_ groups: [[Int]]) -> [Number] {
    func value(_ digits: [Int]) -> UInt64 { digits.reduce(0) { $0 &* 10 &+ UInt64($1) } }
    let joined = value(groups.flatMap { $0 })
    guard groups.count > 1 else { return [Number(values: [joined])] }
    let areThousands = groups.dropFirst().allSatisfy { $0.count == 3 } && groups[0].count <= 3
    let endsInFraction = groups.dropFirst().dropLast().allSatisfy { $0.count == 3 }
    guard areThousands || endsInFraction else { return groups.map { Number(values: [value($0)]) } }
    // 2.50 is 2.5.
    var short = groups.flatMap { $0 }
    while !areThousands, short.count > groups[0].count, short.last == 0 { short.removeLast() }
    return [Number(values: [joined, value(short)])]
  }

  private func digit(_ scalar: Unicode.Scalar) -> Int? {
    if scalar.isASCII { return 0x30...0x39 ~= scalar.value ? Int(scalar.value) - 0x30 : nil }
    return scalar.properties.numericType == .decimal ? scalar.properties.numericValue.map { Int($0) } : nil
  }
}

/// Numbers in Chinese characters, such as 三十五, and whether some are too large to compare.
private func chineseNumbers(_ scalars: [Unicode.Scalar]) -> (numbers: Set<UInt64>, areLarge: Bool) {
  var numbers: Set<UInt64> = []
  var areLarge = false
  var (total, current, plain): (UInt64, UInt64?, [UInt64]) = (0, nil, [])
  func end() {
    if let current { total += current }
    if total > 0 || current != nil { numbers.insert(total) }
    // 一九八四: digits without units.
    if plain.count > 1 { numbers.insert(plain.reduce(0) { $0 &* 10 &+ $1 }) }
    (total, current, plain) = (0, nil, [])
  }
  for scalar in scalars {
    if let digit = chineseDigits[scalar] {
      current = digit
      plain.append(digit)
      numbers.insert(digit)
    } else if let unit = chineseUnits[scalar] {
      total += max(1, current ?? 1) * unit
      (current, plain) = (nil, [])
    } else {
      if ["万", "萬", "亿", "億", "半", "兆", "百", "千"].contains(scalar) { areLarge = areLarge || scalar != "半" }
      if scalar == "半" { numbers.insert(30) }
      end()
    }
  }
  end()
  return (numbers, areLarge)
}

private let chineseDigits: [Unicode.Scalar: UInt64] = [
  "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  "壹": 1, "貳": 2, "贰": 2, "叁": 3, "參": 3,
]
private let chineseUnits: [Unicode.Scalar: UInt64] = ["十": 10, "百": 100, "千": 1000]
