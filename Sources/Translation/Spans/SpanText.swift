import Text

/// A translation in which the spans that the model wrote as they are have become characters.
struct SpanText {
  /// The text with a character for each span that is there.
  let text: [UInt8]
  /// The spans that are there, by their places: in visible characters of the translation, and how many they take.
  let stretches: [Stretch]
  /// Whether each span is there, and none more often than in the source.
  let isComplete: Bool
  /// The spans of the piece that are not there, as indices of its places.
  let missing: [Int]

  /// Visible characters that one character stands for.
  struct Stretch: Sendable, Equatable {
    var start: Int
    var count: Int
  }

  /// Recognizes the copied spans of a piece in a translation.
  ///
  /// A span is there if its bytes are, and do not go on in a longer word or number. Of equal ones, the first in the
  /// translation is the first of the source. Characters that stand for spans already stay.
  ///
  /// - Parameters:
  ///   - translation: the text.
  ///   - spans: those of the piece.
  ///   - carriers: what the model read in their place; nil if only characters stand for them.
  init(_ translation: [UInt8], _ spans: PieceSpans, _ carriers: SpanCarriers?) {
    var taken = [Bool](repeating: false, count: translation.count)
    var found: [(range: Range<Int>, place: Int)] = []
    var (missing, isSurplus): ([Int], Bool) = ([], false)
    let places = spans.places.indices.filter { spans.places[$0].role == .copied }
    let present = Self.characters(translation, spans)
    let texts = Dictionary(uniqueKeysWithValues: zip(places, carriers?.texts ?? []))
    let groups = Dictionary(grouping: places.filter { present[spans.places[$0].span] == nil }) {
      texts[$0] ?? spans.line.items[spans.places[$0].span].bytes
    }
    for place in places {
      if let range = present[spans.places[place].span] { found.append((range, place)) }
    }
    // Long ones first: a short one may be a part of them.
    let order = groups.keys.sorted {
      $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1)
    }
    for bytes in order {
      var ranges = Self.occurrences(of: bytes, in: translation, taken)
      for range in ranges { for index in range { taken[index] = true } }
      isSurplus = isSurplus || ranges.count > groups[bytes, default: []].count
      for place in groups[bytes, default: []] {
        if ranges.isEmpty { missing.append(place) } else { found.append((ranges.removeFirst(), place)) }
      }
    }
    found.sort { $0.range.lowerBound < $1.range.lowerBound }
    self.missing = missing.sorted()
    isComplete = missing.isEmpty && !isSurplus
    var (text, position, stretches): ([UInt8], Int, [Stretch]) = ([], 0, [])
    var visible = 0
    for (range, place) in found {
      visible += visibleCount(of: translation[position..<range.lowerBound])
      let count = visibleCount(of: translation[range])
      stretches.append(Stretch(start: visible, count: count))
      visible += count
      text += translation[position..<range.lowerBound]
      text += Array(String(Character(spans.line.scalar(of: spans.places[place].span))).utf8)
      position = range.upperBound
    }
    (self.text, self.stretches) = (text + translation[position...], stretches)
  }

  /// The spans whose characters are in a text, with the bytes of these.
  private static func characters(_ text: [UInt8], _ spans: PieceSpans) -> [Int: Range<Int>] {
    guard spans.line.occur(in: text[...]) else { return [:] }
    var (found, offset): ([Int: Range<Int>], Int) = ([:], 0)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let count = UTF8.width(scalar)
      if let index = spans.line.index(of: scalar), found[index] == nil {
        found[index] = offset..<offset + count
      }
      offset += count
    }
    return found
  }

  /// The places of some bytes that are not a part of a longer word, from left to right.
  private static func occurrences(of bytes: [UInt8], in text: [UInt8], _ taken: [Bool]) -> [Range<Int>] {
    guard let first = bytes.first, let last = bytes.last, text.count >= bytes.count else { return [] }
    var (found, start): ([Range<Int>], Int) = ([], 0)
    while start + bytes.count <= text.count {
      let end = start + bytes.count
      guard text[start] == first, text[end - 1] == last, !taken[start], !taken[end - 1],
        text[start..<end].elementsEqual(bytes),
        !(isWordByte(first) && start > 0 && isWordByte(text[start - 1])),
        !(isWordByte(last) && end < text.count && isWordByte(text[end]))
      else {
        start += 1
        continue
      }
      found.append(start..<end)
      start = end
    }
    return found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || byte >= 0x80
  }
}

extension [SpanText.Stretch] {
  /// A place in visible characters with one character in place of each stretch; within a stretch, its end.
  ///
  /// - Parameter place: in visible characters of the text itself.
  /// - Returns: the place in visible characters with one for each stretch.
  func compressed(_ place: Int) -> Int {
    var result = place
    for stretch in self where place > stretch.start {
      result -= Swift.min(stretch.count, place - stretch.start) - 1
    }
    return result
  }

  /// Ranges of visible characters, each with at least one if it had any.
  func compressed(_ ranges: [Range<Int>]) -> [Range<Int>] {
    if isEmpty { return ranges }
    return ranges.map { range in
      if range.isEmpty { return compressed(range.lowerBound)..<compressed(range.lowerBound) }
      // A token within a stretch has its one character.
      let first = compressed(firstOfStretch(range.lowerBound))
      return first..<Swift.max(first + 1, compressed(range.upperBound))
    }
  }

  private func firstOfStretch(_ place: Int) -> Int {
    first { $0.start <= place && place < $0.start + $0.count }?.start ?? place
  }
}
