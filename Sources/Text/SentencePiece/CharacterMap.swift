/// Checks compiled rules of normalization, which the library follows without looking where they lead.
///
/// The rules are the number of bytes of a trie (32 bits), the trie, and the texts that replace others, each ended by a
/// zero. The trie is a double array of 32-bit units: a unit is the label of an edge, whether a rule ends there, and an
/// offset to the unit's children, and the child of a byte is at the children's place XOR the byte. A unit with the
/// highest bit is the place of a replacement.
///
/// Source: `Normalizer` of SentencePiece, `DoubleArrayUnit` of Darts-clone.
struct CharacterMap {
  /// The most rules that may begin one another: the library's table of matches has 32 places.
  private static let mostNested = 32
  /// The longest replacement in bytes, so that no line becomes huge; that of U+FDFA, 33 bytes, is Unicode's longest.
  private static let longestReplacement = 1024

  private let units: [UInt32]

  /// What is wrong with a map; nil if it is safe to use.
  static func problem(of bytes: [UInt8]) -> String? {
    guard bytes.count > 4 else { return "they are cut off" }
    let size = bytes[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard size > 0, size % 4 == 0, size < bytes.count - 4 else {
      return "a trie of \(size) bytes is announced, and \(bytes.count - 4) bytes follow"
    }
    guard bytes.last == 0 else { return "the last replacement does not end" }
    let units = stride(from: 4, to: 4 + size, by: 4).map { place in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
    }
    let map = CharacterMap(units: units)
    return map.problem(lengths: replacementLengths(bytes[(4 + size)...])) ?? map.problemOfPaths()
  }

  /// The number of bytes up to the next zero, for each place.
  private static func replacementLengths(_ texts: ArraySlice<UInt8>) -> [Int32] {
    var lengths = [Int32](repeating: 0, count: texts.count)
    var length: Int32 = 0
    for place in lengths.indices.reversed() {
      length = texts[texts.startIndex + place] == 0 ? 0 : length + 1
      lengths[place] = length
    }
    return lengths
  }

  /// Whether a unit is an edge of the trie, not the place of a replacement.
  private func isEdge(_ index: Int) -> Bool { units[index] >> 31 == 0 }
  private func label(_ index: Int) -> Int { Int(units[index] & 0xFF) }
  private func endsRule(_ index: Int) -> Bool { units[index] >> 8 & 1 == 1 }
  /// The place of a unit's children.
  private func children(_ index: Int) -> Int {
    let unit = units[index]
    return index ^ Int(unit >> 10) << (unit >> 9 & 1 == 1 ? 8 : 0)
  }

  /// Checks that no edge leads out of the array, and no rule out of the replacements.
  private func problem(lengths: [Int32]) -> String? {
    for index in units.indices where isEdge(index) {
      let place = children(index)
      guard place | 0xFF < units.count else { return "unit \(index) points behind the trie" }
      guard endsRule(index) else { continue }
      let replacement = Int(units[place] & 0x7FFF_FFFF)
      guard replacement < lengths.count else { return "unit \(index) points behind the replacements" }
      guard lengths[replacement] <= Self.longestReplacement else {
        return "a replacement has more than \(Self.longestReplacement) bytes"
      }
    }
    return nil
  }

  /// Checks that paths end, and do not have too many rules on them.
  ///
  /// - Complexity: linear in the number of units.
  private func problemOfPaths() -> String? {
    // The edges of each place, as linked lists.
    var edge = [Int32](repeating: -1, count: units.count)
    var next = edge
    for index in units.indices where isEdge(index) {
      let place = index ^ label(index)
      (next[index], edge[place]) = (edge[place], Int32(index))
    }
    let (unvisited, unfinished): (Int32, Int32) = (-1, -2)
    var state = [Int32](repeating: unvisited, count: units.count)
    var most = [Int32](repeating: 0, count: units.count)
    var path = [children(0)]
    while let place = path.last {
      if state[place] == unvisited { state[place] = unfinished }
      guard edge[place] >= 0 else {
        state[place] = most[place]
        path.removeLast()
        continue
      }
      let index = Int(edge[place])
      let child = children(index)
      if state[child] == unfinished { return "its paths do not end" }
      if state[child] == unvisited {
        path.append(child)
        continue
      }
      most[place] = max(most[place], state[child] + (endsRule(index) ? 1 : 0))
      edge[place] = next[index]
    }
    return most[children(0)] <= Self.mostNested ? nil : "more than \(Self.mostNested) rules begin one another"
  }
}
