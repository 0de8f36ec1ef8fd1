import RandomNumbers

/// Random lines with difficult contents: marks, escapes, joiners, combining and unassigned characters.
struct NastyText {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(state: seed) }

  private static let fragments: [String] = [
    " ", "  ", "\t", "\r", "\u{B}", "\u{C}", "\u{0}", "\u{1C}", "\u{1F}", "\u{7F}", "\u{85}", "\u{A0}",
    "\u{AD}",
    "\u{1680}", "\u{2003}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{2028}", "\u{2029}",
    "\u{202F}",
    "\u{2060}", "\u{3000}", "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{D7FF}", "\u{E000}",
    "\u{10FFFF}",
    "￭", "▁", "￮", "￮20;", "￮a0", ";", "￮ffffffff;", "￮;", "@", "@@", "<s>", "'", "’", "'s", "l'", "U.S.",
    ".", "...",
    "!", "(", ")", "“", "”", "«", "»", "-", "——", "_", ":", ",", "3.14", "1", "٣", "１", "a", "B", "ß", "İ",
    "ı", "Σ", "ΑΣ",
    "e\u{301}", "\u{301}", "\u{308}", "\u{345}", "\u{FE0F}", "א\"א", "ع", "한", "\u{1100}\u{1161}", "中", "，",
    "。",
    "々", "あ", "コー", "ﾊﾟ", "ก", "กำ", "ສ", "ខ្មែរ", "မြန်", "བོད་", "👩‍👩‍👧", "🇩🇪", "🇫", "👍🏽", "#️⃣", "ﬁ", "Ａ", "\u{1D400}",
    "\u{2F800}", "\u{378}", "\u{30000}", "\u{E0001}", "\u{FDFA}", "Å", "\u{212B}", "ᾳ", "ᾈ", "Ǆ", "I",
    "i\u{307}",
  ]

  /// Up to thirty fragments or random characters, without line feeds.
  mutating func nextLine() -> [UInt8] {
    var line = ""
    for _ in 0..<generator.below(31) {
      switch generator.below(4) {
      case 0: line.unicodeScalars.append(nextScalar())
      case 1: line.unicodeScalars.append(Unicode.Scalar(UInt8(0x20 + generator.below(0x5F))))
      default: line += Self.fragments[generator.below(Self.fragments.count)]
      }
    }
    return Array(line.utf8)
  }

  /// Up to 20 random bytes.
  mutating func nextBytes() -> [UInt8] {
    let leads: [UInt8] = [0x20, 0x61, 0x80, 0xBF, 0xC2, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xFF, 0x9F, 0xA0, 0xAD]
    return (0..<generator.below(21)).map { _ in
      generator.below(2) == 0 ? UInt8(generator.below(256)) : leads[generator.below(leads.count)]
    }
  }

  /// A random number in 0..<`limit`.
  mutating func below(_ limit: Int) -> Int { generator.below(limit) }

  /// Any scalar value except the line feed; small planes and blocks are as likely as large ones.
  private mutating func nextScalar() -> Unicode.Scalar {
    let limits = [0x80, 0x300, 0x3000, 0x10000, 0x20000, 0x110000]
    while true {
      let value = UInt32(generator.below(limits[generator.below(limits.count)]))
      if value != 0x0A, let scalar = Unicode.Scalar(value) { return scalar }
    }
  }
}

extension SplitMix64 {
  fileprivate mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
