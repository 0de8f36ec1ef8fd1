private import Synchronization

/// Writes characters that a vocabulary does not have with others that look like them.
///
/// A reader takes `’` and `'`, `…` and `...`, `ﬁ` and `fi` for the same. A model that learned from text with only one of
/// them has no token for the other. If the vocabulary has both, the training text makes a difference between them, and
/// nothing is changed. Variation selectors and joiners that the vocabulary does not have are left out after characters
/// that it has. What has no look-alike in the vocabulary stays as it is, and is copied.
struct Respelling: Sendable {
  /// The characters of the vocabulary.
  private let known: KnownCharacters
  /// What unknown characters become.
  private let replacements: Replacements
  /// Whether an ASCII character is among them, such as `'` in a text with only `’`.
  private let replacesASCII: Bool

  /// The respelling for a vocabulary of subwords.
  init(_ vocabulary: Vocabulary) {
    var known = KnownCharacters()
    for index in 0..<vocabulary.count where vocabulary.isText(.init(index)) {
      known.insert(charactersOf: vocabulary[.init(index)].span)
    }
    self.known = known
    replacements = Replacements(for: known)
    replacesASCII = LookAlikes.ofGroups.contains { character, others in
      character < 0x80 && !known.contains(character) && others.contains { known.containsAll(of: $0) }
    }
  }

  /// The line with look-alikes in place of unknown characters.
  func respell(_ line: [UInt8]) -> [UInt8] {
    guard replacesASCII || line.contains(where: { $0 >= 0x80 }) else { return line }
    let replacements = replacements.all
    var output: [UInt8] = []
    output.reserveCapacity(line.count)
    let bytes = line.span
    var position = 0
    var last: UInt32?
    while position < bytes.count {
      let scalar = decodeScalar(bytes, at: position)
      let next = position + scalar.length
      if let replacement = replacements[scalar.value] {
        output += replacement
        last = 0x20
      } else if !isSuperfluous(scalar.value, after: last) {
        output.append(bytes.extracting(position..<next))
        last = scalar.value
      }
      position = next
    }
    return output
  }

  private func isSuperfluous(_ scalar: UInt32, after last: UInt32?) -> Bool {
    guard InvisibleCharacter.isSelector(scalar), !known.contains(scalar), let last else { return false }
    return last == 0x20 || known.contains(last)
  }
}

/// What the characters become that a vocabulary does not have, found when a line first needs it: the table of all
/// look-alikes takes longer to make than a small vocabulary to read.
private final class Replacements: Sendable {
  private let known: KnownCharacters
  private let found = Mutex<[UInt32: [UInt8]]?>(nil)

  init(for known: KnownCharacters) { self.known = known }

  /// UTF-8 by character.
  var all: [UInt32: [UInt8]] {
    found.withLock { found in
      if let found { return found }
      var all: [UInt32: [UInt8]] = [:]
      for (character, others) in LookAlikes.all where !known.contains(character) {
        if let other = others.first(where: known.containsAll) { all[character] = Array(other.utf8) }
      }
      found = all
      return all
    }
  }
}

/// A set of characters, most of which are ASCII.
private struct KnownCharacters: Sendable {
  private var ascii: (UInt64, UInt64) = (0, 0)
  private var others: Set<UInt32> = []

  func contains(_ character: UInt32) -> Bool {
    switch character {
    case 0..<64: ascii.0 >> character & 1 == 1
    case 64..<128: ascii.1 >> (character - 64) & 1 == 1
    default: others.contains(character)
    }
  }

  func containsAll(of text: String) -> Bool { text.unicodeScalars.allSatisfy { contains($0.value) } }

  mutating func insert(charactersOf bytes: Span<UInt8>) {
    var position = 0
    while position < bytes.count {
      let scalar = decodeScalar(bytes, at: position)
      switch scalar.value {
      case 0..<64: ascii.0 |= 1 << scalar.value
      case 64..<128: ascii.1 |= 1 << (scalar.value - 64)
      default: others.insert(scalar.value)
      }
      position += scalar.length
    }
  }
}

/// Characters that a reader may take for each other.
///
/// Sources: Unicode Technical Standard 39, "Unicode Security Mechanisms", section 4 (confusables), for punctuation;
/// Unicode's compatibility decompositions for presentation forms, widths, ligatures and mathematical letters.
enum LookAlikes {
  /// The possible replacements of each character, best first.
  static let all: [UInt32: [String]] = {
    var all = ofGroups
    for range in compatible {
      for value in range {
        let form = ICU.normalized(utf16(value), compatibility: true)
        var bytes: [UInt8] = []
        appendUTF8(of: form, to: &bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        if !text.unicodeScalars.contains(" "), form != utf16(value) { all[value, default: []].append(text) }
      }
    }
    return all
  }()

  /// Those that are listed here; all ASCII characters are among them.
  static let ofGroups: [UInt32: [String]] = {
    var all: [UInt32: [String]] = [:]
    for group in groups {
      for character in group {
        let value = character.unicodeScalars.first?.value ?? 0
        if character.unicodeScalars.count == 1 { all[value, default: []] += group.filter { $0 != character } }
      }
    }
    return all
  }()

  private static let groups: [[String]] = [
    ["'", "’", "ʼ", "‘", "‛", "′", "`", "´", "＇"],
    ["\"", "”", "“", "„", "‟", "″"],
    ["“", "”", "\""], ["”", "“", "\""],
    ["-", "\u{2010}", "\u{2011}", "\u{2212}", "–", "\u{2012}", "\u{2013}", "—", "\u{2015}"],
    ["–", "—", "-"], ["—", "–", "-"],
    ["…", "..."], ["‥", ".."], ["·", "•", "∙", "⋅", "・"], ["‚", ","], ["⁄", "∕", "/"], ["∶", ":"],
    ["⁓", "∼", "~"],
    ["‹", "<"], ["›", ">"], ["ı\u{307}", "i"], ["µ", "μ"], ["Ω", "Ω"], ["ß", "ẞ"],
  ]

  /// Blocks whose characters look like their compatible forms.
  private static let compatible: [ClosedRange<UInt32>] = [
    0x132...0x133, 0x13F...0x140, 0x149...0x149, 0x1C4...0x1CC, 0x1F1...0x1F3,  // Ĳ ĳ Ŀ ŀ ŉ Ǆ … ǳ
    0xFB00...0xFB06, 0xFB13...0xFB17, 0xFB1D...0xFB4F,  // Latin, Armenian, Hebrew
    0xFB50...0xFBB1, 0xFBD3...0xFD3D, 0xFD50...0xFDC7, 0xFDF0...0xFDF9, 0xFE70...0xFEFC,  // Arabic
    0xFF01...0xFF9F, 0xFFE0...0xFFE6, 0x2F00...0x2FDF,  // widths, radicals
    0x1D400...0x1D7FF,  // mathematical letters
  ]

  private static func utf16(_ value: UInt32) -> [UInt16] {
    Unicode.Scalar(value).map { Array(String($0).utf16) } ?? []
  }
}
