import CorpusFormats
import Testing

@Suite struct MOTests {
  /// A compiled catalog.
  static func catalog(_ messages: [(String, String)], bigEndian: Bool = false) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] {
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      return bigEndian ? bytes.reversed() : bytes
    }
    var (tables, strings): ([[UInt8]], [UInt8]) = ([[], []], [])
    let start = 28 + 16 * messages.count
    for (index, side) in [messages.map(\.0), messages.map(\.1)].enumerated() {
      for text in side {
        tables[index] += number(text.utf8.count) + number(start + strings.count)
        strings += Array(text.utf8) + [0]
      }
    }
    let head = [0x950412de, 0, messages.count, 28, 28 + 8 * messages.count, 0, 0].flatMap(number)
    return head + tables[0] + tables[1] + strings
  }

  static let header =
    "Language: pl\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=3; plural=n==1 ? 0 : n%10>=2 ? 1 : 2;\n"

  @Test(arguments: [false, true])
  func readsBothByteOrders(bigEndian: Bool) throws {
    let bytes = Self.catalog(
      [("", Self.header), ("a\0as", "1\u{0}2\u{0}3"), ("c\u{4}b", "ż"), ("empty", "")], bigEndian: bigEndian)
    let units = try units(bytes, "a.mo")
    #expect(pairs(units) == ["a=1", "as=2", "as=3", "b=ż"])
    #expect(
      units.map(\.context) == ["", "c", ""]
        && units.map(\.state) == [.translated, .translated, .untranslated])
    #expect(units[0].targetLanguage == "pl")
  }

  @Test func otherEncodings() throws {
    var bytes = Self.catalog([("", "Content-Type: text/plain; charset=ISO-8859-2\n"), ("a", "#")])
    bytes[bytes.count - 2] = 0xb1
    #expect(pairs(try units(bytes, "a.mo")) == ["a=ą"])
  }

  /// Lengths and places that are not in the file.
  @Test func numbersOutsideTheFileAreErrors() {
    let good = Self.catalog([("", Self.header), ("a", "b")])
    for place in stride(from: 8, to: 60, by: 4) {
      for value: [UInt8] in [[255, 255, 255, 255], [255, 255, 255, 127], [0, 0, 0, 128]] {
        var bytes = good
        bytes.replaceSubrange(place..<place + 4, with: value)
        _ = message { _ = try units(bytes, "a.mo") }
        if place < 20 { #expect(message { _ = try units(bytes, "a.mo") }.contains("table")) }
        if (28..<60).contains(place) { #expect(message { _ = try units(bytes, "a.mo") } != "") }
      }
    }
  }

  /// Tables that point into themselves, and strings that all are the same large one, take no more than the file warrants.
  @Test func overlappingStringsAreRefused() {
    var bytes = Self.catalog((0..<2000).map { ("message \($0)", String(repeating: "x", count: 100)) })
    for index in 0..<4000 {
      let length = bytes.count - 28
      let entry = (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + [28, 0, 0, 0]
      bytes.replaceSubrange(28 + 8 * index..<36 + 8 * index, with: entry)
    }
    let message = message { _ = try units(bytes, "a.mo") }
    #expect(message.contains("lie upon each other") || message.contains("not UTF-8"), "\(message)")
  }

  @Test func cannotBeFilled() {
    let bytes = Self.catalog([("", Self.header), ("a", "")])
    #expect(message { _ = try filled(bytes, "a.mo") }.contains("compile it with msgfmt"))
  }
}
