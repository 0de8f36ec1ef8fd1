/// Compiled rules of normalization: which text replaces which.
///
/// They are stored as the number of bytes of a trie (32 bits), the trie, and the texts that replace others, each ended by a
/// zero. The trie is a double array of 32-bit units: a unit is the label of an edge, whether a rule ends there, and an
/// offset to the unit's children, and the child of a byte is at the children's place XOR the byte. A unit with the
/// highest bit is the place of a replacement.
///
/// Source: `Normalizer` of SentencePiece, `DoubleArrayUnit` of Darts-clone.
struct CharacterMap: Sendable {
  /// The most bytes of a replacement, so that no line becomes huge; that of U+FDFA, 33 bytes, is Unicode's longest.
  private static let longestReplacement = 1024
  /// The most bytes that a rule replaces.
  private static let longestRule = 1024

  private var units: [UInt32] = []
  /// The replacements, each ended by a zero.
  private(set) var texts: [UInt8] = []

  /// No rules.
  init() {}

  /// Rules in their compiled form, or none.
  ///
  /// - Throws: what is wrong with them.
  init(_ bytes: [UInt8]) throws(ProtobufReader.Failure) {
    guard !bytes.isEmpty else { return }
    guard bytes.count > 4 else { throw Self.failure("they are cut off") }
    let size = bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size > 0, size % 4 == 0, size < bytes.count - 4 else {
      throw Self.failure("a trie of \(size) bytes is announced, and \(bytes.count - 4) bytes follow")
    }
    guard bytes.last == 0 else { throw Self.failure("the last replacement does not end") }
    units.reserveCapacity(size / 4)
    for place in stride(from: 4, to: 4 + size, by: 4) {
      let (low, high) = (UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8, UInt32(bytes[place + 2]))
      units.append(low | high << 16 | UInt32(bytes[place + 3]) << 24)
    }
    texts = Array(bytes[(4 + size)...])
    try check()
  }

  private static func failure(_ problem: String) -> ProtobufReader.Failure {
    ProtobufReader.Failure(reason: "the rules of normalization are damaged: \(problem)")
  }

  /// Number of bytes, to compare with other rules.
  var size: Int { 4 * units.count + texts.count }

  /// A sum of all bytes, to compare with other rules.
  var sum: UInt64 {
    units.reduce(0) { $0 &* 31 &+ UInt64($1) } &+ texts.reduce(0) { $0 &* 31 &+ UInt64($1) }
  }

  /// The longest rule for a place of a text.
  ///
  /// - Returns: the number of bytes that it replaces, and the place of their replacement; nil if there is none.
  func rule(in text: borrowing Span<UInt8>, at start: Int) -> (length: Int, replacement: Int)? {
    guard !units.isEmpty else { return nil }
    var found: (length: Int, replacement: Int)?
    var place = children(0)
    for position in start..<min(text.count, start + Self.longestRule) {
      let index = place ^ Int(text[position])
      // A unit with the highest bit is no edge.
      guard units[index] & 0x8000_00FF == UInt32(text[position]) else { break }
      place = children(index)
      if endsRule(index) { found = (position + 1 - start, Int(units[place] & 0x7FFF_FFFF)) }
    }
    return found
  }

  /// Whether a rule may begin with a byte.
  func mayBegin(with byte: UInt8) -> Bool {
    !units.isEmpty && units[children(0) ^ Int(byte)] & 0x8000_00FF == UInt32(byte)
  }

  private func endsRule(_ index: Int) -> Bool { units[index] >> 8 & 1 == 1 }

  /// The place of a unit's children.
  @inline(__always)
  private func children(_ index: Int) -> Int {
    let unit = units[index]
    return index ^ Int(unit >> 10) << (unit >> 9 & 1 == 1 ? 8 : 0)
  }

  /// Checks that no edge leads out of the trie, and no rule out of the replacements.
  ///
  /// - Complexity: linear in the number of bytes.
  private func check() throws(ProtobufReader.Failure) {
    // How far each place is from the end of its text.
    var lengths = [Int32](repeating: 0, count: texts.count)
    var length: Int32 = 0
    for place in texts.indices.reversed() {
      length = texts[place] == 0 ? 0 : length + 1
      lengths[place] = length
    }
    for index in units.indices where index == 0 || units[index] >> 31 == 0 {
      let place = children(index)
      guard place | 0xFF < units.count else { throw Self.failure("unit \(index) points behind the trie") }
      guard endsRule(index) else { continue }
      let replacement = Int(units[place] & 0x7FFF_FFFF)
      guard replacement < lengths.count else {
        throw Self.failure("unit \(index) points behind the replacements")
      }
      guard lengths[replacement] <= Self.longestReplacement else {
        throw Self.failure("a replacement has more than \(Self.longestReplacement) bytes")
      }
    }
  }
}
