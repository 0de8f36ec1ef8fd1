/// Markup, placeholders and addresses in a line; only lines that may have some are scanned.
struct SignScan {
  /// `&amp;`, `&#39;`.
  private(set) var entities: [Range<Int>] = []
  /// `<b>`, `</a>`, `<br/>`.
  private(set) var tags: [Range<Int>] = []
  /// `\n`, `\u00e4`.
  private(set) var escapes: [Range<Int>] = []
  /// `{0}`, `{{name}}`, `%s`, `%1$d`, `${HOME}`.
  private(set) var placeholders: [Range<Int>] = []
  /// Addresses of web pages and e-mail.
  private(set) var addresses: [Range<Int>] = []

  private let line: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) {
    self.line = line
    var index = line.startIndex
    while index < line.endIndex {
      let end = Self.isSign[Int(line[index])] ? token(at: index) : nil
      index = end ?? index + 1
    }
  }

  /// A sum over texts, which does not depend on their order.
  func sum(of ranges: [Range<Int>]) -> UInt64 {
    ranges.reduce(0) { sum, range in
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in line[range] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return sum &+ mixed(hash)
    }
  }

  /// A sum over the names of tags, without their attributes.
  var tagSum: UInt64 {
    sum(
      of: tags.map { range in
        let end = line[range].firstIndex { $0 == 0x20 || $0 == 0x3E } ?? range.upperBound
        return range.lowerBound..<end
      })
  }

  private static let isSign: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in "&<\\{%$:@w".utf8 { table[Int(byte)] = true }
    return table
  }()

  /// Notes what begins at a place.
  ///
  /// - Returns: its end; nil if nothing begins there.
  private mutating func token(at start: Int) -> Int? {
    switch line[start] {
    case UInt8(ascii: "&"): note(entity(at: start), in: \.entities)
    case UInt8(ascii: "<"): note(tag(at: start), in: \.tags)
    case UInt8(ascii: "\\"): note(escape(at: start), in: \.escapes)
    case UInt8(ascii: "{"), UInt8(ascii: "$"): note(braces(at: start), in: \.placeholders)
    case UInt8(ascii: "%"): note(format(at: start), in: \.placeholders)
    case UInt8(ascii: ":"): note(url(at: start), in: \.addresses)
    case UInt8(ascii: "@"): note(mail(at: start), in: \.addresses)
    default: note(site(at: start), in: \.addresses)
    }
  }

  private mutating func note(_ range: Range<Int>?, in list: WritableKeyPath<SignScan, [Range<Int>]>) -> Int? {
    guard let range else { return nil }
    self[keyPath: list].append(range)
    return range.upperBound
  }

  private func byte(_ index: Int) -> UInt8 {
    index < line.endIndex && index >= line.startIndex ? line[index] : 0
  }
  private func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
  private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  /// `&name;`, `&#123;`, `&#x1F;`.
  private func entity(at start: Int) -> Range<Int>? {
    var end = start + 1
    if byte(end) == UInt8(ascii: "#") { end += 1 }
    let first = end
    while end - first < 10, isLetter(byte(end)) || isDigit(byte(end)) { end += 1 }
    return end > first && byte(end) == UInt8(ascii: ";") ? start..<end + 1 : nil
  }

  /// A tag begins with a letter or a slash right behind the bracket, and its name is a plausible one.
  private func tag(at start: Int) -> Range<Int>? {
    var end = start + 1
    if byte(end) == UInt8(ascii: "!"), byte(end + 1) == UInt8(ascii: "-") {
      return line[end...].firstIndex(of: UInt8(ascii: ">")).map { start..<$0 + 1 }
    }
    if byte(end) == UInt8(ascii: "/") { end += 1 }
    guard isLetter(byte(end)) else { return nil }
    while end - start < 200, byte(end) != 0, byte(end) != UInt8(ascii: ">") {
      guard byte(end) != UInt8(ascii: "<") else { return nil }
      end += 1
    }
    return byte(end) == UInt8(ascii: ">") ? start..<end + 1 : nil
  }

  /// `\n`, `\t`, `\"`, `\u00e4`, `\xe4`; a path such as `C:\new` is one only if nothing is before it.
  private func escape(at start: Int) -> Range<Int>? {
    let next = byte(start + 1)
    switch next {
    case UInt8(ascii: "u"), UInt8(ascii: "x"):
      var end = start + 2
      while end - start < 6, isDigit(byte(end)) || 0x61...0x66 ~= byte(end) | 0x20 { end += 1 }
      return end - start >= 4 ? start..<end : nil
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      return byte(start - 1) == UInt8(ascii: ":") ? nil : start..<start + 2
    default: return nil
    }
  }

  /// `{0}`, `{name}`, `{{name}}`, `${name}`.
  private func braces(at start: Int) -> Range<Int>? {
    var end = start
    if byte(end) == UInt8(ascii: "$") { end += 1 }
    guard byte(end) == UInt8(ascii: "{") else { return nil }
    while byte(end) == UInt8(ascii: "{") { end += 1 }
    let first = end
    while end - first < 40, isLetter(byte(end)) || isDigit(byte(end)) || "_.-:,$".utf8.contains(byte(end)) {
      end += 1
    }
    guard byte(end) == UInt8(ascii: "}") else { return nil }
    while byte(end) == UInt8(ascii: "}") { end += 1 }
    return start..<end
  }

  /// `%s`, `%d`, `%@`, `%1$s`, `%.2f`, `%(name)s`; not `5 %`, `100%.`.
  private func format(at start: Int) -> Range<Int>? {
    guard !isDigit(byte(start - 1)) else { return nil }
    var end = start + 1
    if byte(end) == UInt8(ascii: "("), let close = line[end...].firstIndex(of: UInt8(ascii: ")")),
      close - end < 40
    {
      end = close + 1
    } else {
      while end - start < 8,
        isDigit(byte(end)) || byte(end) == UInt8(ascii: "$") || byte(end) == UInt8(ascii: ".")
      {
        end += 1
      }
    }
    guard "sdifgux@".utf8.contains(byte(end)), !isLetter(byte(end + 1)) else { return nil }
    return start..<end + 1
  }

  /// `https://…` around its colon.
  private func url(at colon: Int) -> Range<Int>? {
    guard byte(colon + 1) == UInt8(ascii: "/"), byte(colon + 2) == UInt8(ascii: "/") else { return nil }
    var start = colon
    while isLetter(byte(start - 1)) { start -= 1 }
    return start < colon ? start..<addressEnd(from: colon + 3) : nil
  }

  /// `name@example.org` around its sign.
  private func mail(at sign: Int) -> Range<Int>? {
    var start = sign
    while isLetter(byte(start - 1)) || isDigit(byte(start - 1)) || "._-+".utf8.contains(byte(start - 1)) {
      start -= 1
    }
    let end = addressEnd(from: sign + 1)
    guard start < sign, line[(sign + 1)..<max(sign + 1, end)].contains(UInt8(ascii: ".")) else { return nil }
    return start..<end
  }

  /// `www.…`, unless it is part of a URL.
  private func site(at start: Int) -> Range<Int>? {
    guard !isLetter(byte(start - 1)), byte(start - 1) != UInt8(ascii: "/"),
      byte(start + 1) == UInt8(ascii: "w"),
      byte(start + 2) == UInt8(ascii: "w"), byte(start + 3) == UInt8(ascii: ".")
    else { return nil }
    return start..<addressEnd(from: start + 4)
  }

  /// The end of an address: before white space, brackets, characters beyond ASCII and final punctuation.
  private func addressEnd(from start: Int) -> Int {
    var end = start
    while end < line.endIndex, line[end] > 0x20, line[end] < 0x7F, !"<>\"()[]{}".utf8.contains(line[end]) {
      end += 1
    }
    while end > start, ".,;:!?'/".utf8.contains(line[end - 1]) { end -= 1 }
    return end
  }
}
