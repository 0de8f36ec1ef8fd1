/// The word that is being read.
struct WordState {
  private(set) var isOpen = false
  private var hash: UInt32 = 0
  private var stem: UInt32 = 0
  private var letters = 0
  private var scripts: UInt32 = 0
  private var folded: UInt64 = 0xCBF2_9CE4_8422_2325
  /// For periods of one to four words: how many words in a row equal those a period before.
  private var repeats = SIMD4<Int32>(repeating: 0)

  /// Letters that forms of a word share, as a rough stem.
  static let stemLetters = 5

  /// Whether the word is `www`.
  var isWWW: Bool { letters == 3 && hash == Self.www }
  private static let www: UInt32 = {
    var hash: UInt32 = 0x811C_9DC5
    for _ in 0..<3 { hash = (hash ^ 0x77) &* 0x0100_0193 }
    return hash
  }()

  @inline(__always)
  mutating func add(_ entry: ScalarEntry, _ profile: inout LineProfile) {
    if !isOpen { open() }
    hash = (hash ^ entry.folded) &* 0x0100_0193
    if letters < Self.stemLetters { stem = hash }
    let script = entry.script
    if script != 0 {
      letters += 1
      profile.letters += 1
      profile.scripts[script] &+= 1
      scripts |= 1 << UInt32(script)
    }
  }

  @inline(__always)
  mutating func addDigit(_ value: UInt32) {
    if !isOpen { open() }
    hash = (hash ^ (0x30 + value)) &* 0x0100_0193
    stem = hash
  }

  private mutating func open() {
    isOpen = true
    (hash, stem) = (0x811C_9DC5, 0x811C_9DC5)
    letters = 0
    scripts = 0
  }

  mutating func end(_ profile: inout LineProfile) {
    isOpen = false
    if letters > profile.longestWord { profile.longestWord = letters }
    // Two bits of those three: words of look-alike letters.
    let alike = scripts & Self.lookalikes
    if alike & (alike &- 1) != 0, letters >= 3 { profile.flags.insert(.mixedScript) }
    folded = (folded ^ UInt64(hash)) &* 0x9E37_79B9_7F4A_7C15
    folded ^= folded >> 29
    let count = profile.words.count
    for period in 1...4 where count >= period {
      if profile.words[count - period] == hash {
        repeats[period - 1] &+= 1
        // Two repetitions of the phrase after its first occurrence.
        if repeats[period - 1] >= 2 * Int32(period) {
          profile.loop = max(profile.loop, Int(repeats[period - 1]) + period)
        }
      } else {
        repeats[period - 1] = 0
      }
    }
    profile.words.append(hash)
    profile.stems.append(stem)
  }

  private static let lookalikes: UInt32 =
    1 << UInt32(Script.latin.rawValue) | 1 << UInt32(Script.greek.rawValue)
    | 1 << UInt32(Script.cyrillic.rawValue)

  /// Completes the hash of all words.
  func finish(_ profile: inout LineProfile) {
    // A line without words is told apart by its characters.
    profile.foldedHash = profile.words.isEmpty ? profile.exactHash : folded
  }
}
