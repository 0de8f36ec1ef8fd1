import Text

/// The protected spans of a line, and the characters that stand for them while the line is split, cut and translated.
///
/// They are characters of the private use area that the line does not have. A model has no token for them, so that its
/// vocabulary makes `<unk>` of those that it copies; those of markup are taken out before it reads the line.
struct LineSpans: Sendable {
  /// A span.
  struct Item: Sendable {
    let bytes: [UInt8]
    let kind: SpanKind
    let role: ProtectedSpan.Role

    /// Whether the model does not see it.
    var isMarkup: Bool { role != .copied }
  }

  /// The spans in order.
  let items: [Item]
  /// The character of the first one; the others follow it.
  let first: UInt32

  /// The most spans of a line.
  static let most = 60_000

  /// Replaces the spans of a line by characters; nil if there are no spans, or no characters for them.
  ///
  /// - Parameters:
  ///   - spans: separate, in order; of more than ``most``, the first ones count.
  ///   - text: valid UTF-8; each span becomes one character.
  ///   - preprocessing: that of the model, which may take private characters for invisible.
  init?(_ spans: [ProtectedSpan], in text: inout [UInt8], for preprocessing: Preprocessing) {
    let spans = spans.prefix(Self.most)
    guard !spans.isEmpty, let first = Self.freeCharacters(spans.count, text, preprocessing) else {
      return nil
    }
    let roles = spanRoles(Array(spans), in: text)
    self.first = first
    items = zip(spans, roles).map { Item(bytes: Array(text[$0.range]), kind: $0.kind, role: $1) }
    var (replaced, position): ([UInt8], Int) = ([], 0)
    for (index, span) in spans.enumerated() {
      replaced += text[position..<span.range.lowerBound]
      replaced += Self.bytes(of: first + UInt32(index))
      position = span.range.upperBound
    }
    text = replaced + text[position...]
  }

  /// The first of consecutive characters that a text does not have, and no vocabulary.
  private static func freeCharacters(_ count: Int, _ text: [UInt8], _ preprocessing: Preprocessing) -> UInt32?
  {
    // Linear A: letters, so that nothing takes them for invisible, which nobody writes. Then planes 15 and 16.
    let areas: [ClosedRange<UInt32>] =
      preprocessing == .opusMT ? [0x10600...0x1077F] : [0xF0000...0xFFFFD, 0x100000...0x10FFFD]
    let isUsual = !text.contains { $0 >= 0xF0 }
    let used =
      isUsual
      ? [] : Set(String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value).filter { $0 > 0xFFFF })
    for area in areas where area.count >= count {
      guard let last = used.filter(area.contains).max() else { return area.lowerBound }
      if Int(area.upperBound) - Int(last) >= count { return last + 1 }
    }
    return nil
  }

  /// The index of the span that a character stands for; nil for other characters.
  func index(of scalar: Unicode.Scalar) -> Int? {
    guard scalar.value >= first, scalar.value - first < UInt32(items.count) else { return nil }
    return Int(scalar.value - first)
  }

  /// The character of a span.
  func scalar(of index: Int) -> Unicode.Scalar { Unicode.Scalar(first + UInt32(index)) ?? "?" }

  /// The character of a span as UTF-8.
  func characterBytes(of index: Int) -> [UInt8] { Self.bytes(of: first + UInt32(index)) }

  /// Whether a text has any of the characters; quick for texts without.
  func occur(in text: ArraySlice<UInt8>) -> Bool {
    text.contains { $0 >= 0xF0 }
      && String(decoding: text, as: UTF8.self).unicodeScalars.contains { index(of: $0) != nil }
  }

  /// A text without the characters of markup, as the model reads it, with single spaces where markup stood between two.
  func withoutMarkup(_ text: [UInt8]) -> [UInt8] {
    guard occur(in: text[...]) else { return text }
    var output = String.UnicodeScalarView()
    var (hasRemoved, separates) = (false, false)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if let index = index(of: scalar), items[index].isMarkup {
        hasRemoved = true
        separates = separates || items[index].role == .standalone
        continue
      }
      // Words on both sides of a line break or an image are two.
      if separates, let last = output.last, SpanNeighbor.isSpacedWordCharacter(last),
        SpanNeighbor.isSpacedWordCharacter(scalar)
      {
        output.append(" ")
      }
      separates = false
      if hasRemoved, scalar == " ", output.last == " " || output.isEmpty { continue }
      hasRemoved = false
      output.append(scalar)
    }
    while hasRemoved, output.last == " " { output.removeLast() }
    return Array(String(output).utf8)
  }

  /// A text with the spans themselves in place of their characters.
  func restored(in text: [UInt8]) -> [UInt8] {
    guard occur(in: text[...]) else { return text }
    var output: [UInt8] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if let index = index(of: scalar) {
        output += items[index].bytes
      } else {
        output += Array(String(Character(scalar)).utf8)
      }
    }
    return output
  }

  private static func bytes(of scalar: UInt32) -> [UInt8] {
    Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) } ?? []
  }
}
