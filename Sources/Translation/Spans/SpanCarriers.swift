import Text

/// What a model reads in place of the spans of a piece that it copies: the spans themselves, names, or span tokens.
struct SpanCarriers: Sendable, Equatable {
  /// What stands for the spans.
  enum Kind: Sendable {
    /// They themselves do.
    case themselves
    /// A name does, for some of them.
    case names
    /// A span token does, for the first ones; in texts, it is the span's character.
    case tokens
  }

  var kind: Kind
  /// One for each copied span of the piece, in order.
  var texts: [[UInt8]]

  /// The piece as the model reads it: names get spaces, so that they are words.
  func text(of spans: PieceSpans) -> [UInt8] {
    let places = spans.copiedPlaces
    let numbers = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($0.element.span, $0.offset) })
    var output: [UInt8] = []
    var isAfterName = false
    for scalar in String(decoding: spans.line.withoutMarkup(spans.text), as: UTF8.self).unicodeScalars {
      let number = spans.line.index(of: scalar).flatMap { numbers[$0] }
      let isName =
        kind == .names && number.map { texts[$0] != spans.line.items[places[$0].span].bytes } ?? false
      let joins = number != nil || SpanNeighbor.isSpacedWordCharacter(scalar)
      if isAfterName && joins || isName && output.last.map({ $0 >= 0x80 || Self.isWordByte($0) }) ?? false {
        output.append(UInt8(ascii: " "))
      }
      output += number.map { texts[$0] } ?? Array(String(Character(scalar)).utf8)
      isAfterName = isName
    }
    return output
  }

  private static func isWordByte(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 }

  /// A word of a translation with the text of a span in place of what stood for it.
  func restored(_ word: String, of spans: PieceSpans) -> String {
    guard kind == .names, let number = texts.firstIndex(of: Array(word.utf8)) else { return word }
    let places = spans.copiedPlaces
    return String(decoding: spans.line.items[places[number].span].bytes, as: UTF8.self)
  }

  /// Where they are in the piece, in visible characters.
  func stretches(of spans: PieceSpans) -> [SpanText.Stretch] {
    var extra = 0
    return zip(spans.copiedPlaces, texts).map { place, text in
      let count = visibleCount(of: text[...])
      defer { extra += count - 1 }
      return SpanText.Stretch(start: place.offset + extra, count: count)
    }
  }
}

extension PieceSpans {
  /// The spans as they are.
  var themselves: SpanCarriers {
    SpanCarriers(kind: .themselves, texts: copiedPlaces.map { line.items[$0.span].bytes })
  }

  /// Span tokens for the first spans, and the others as they are.
  ///
  /// - Parameter count: the number of span tokens.
  /// - Returns: characters for as many spans.
  func tokens(_ count: Int) -> SpanCarriers {
    SpanCarriers(
      kind: .tokens,
      texts: copiedPlaces.enumerated().map { number, place in
        number < count ? line.characterBytes(of: place.span) : line.items[place.span].bytes
      })
  }

  /// Names for some spans, such as `XA1`, which models take for those of products and copy; nil if there are none that the
  /// piece does not have.
  ///
  /// - Parameter wanted: indices of ``places``; nil for all that are copied.
  /// - Returns: names for these, and the other spans as they are.
  func names(for wanted: Set<Int>?) -> SpanCarriers? {
    let all = line.restored(in: text)
    guard let stem = ["XA", "XB", "QX", "ZQ", "KX"].first(where: { !contains(Array($0.utf8), all) }) else {
      return nil
    }
    var (texts, count): ([[UInt8]], Int) = ([], 0)
    for (index, place) in places.enumerated() where place.role == .copied {
      if wanted?.contains(index) ?? true {
        count += 1
        texts.append(Array("\(stem)\(count)".utf8))
      } else {
        texts.append(line.items[place.span].bytes)
      }
    }
    return SpanCarriers(kind: .names, texts: texts)
  }

  private func contains(_ bytes: [UInt8], _ text: [UInt8]) -> Bool {
    text.count >= bytes.count
      && (0...text.count - bytes.count).contains { text[$0..<$0 + bytes.count].elementsEqual(bytes) }
  }
}
