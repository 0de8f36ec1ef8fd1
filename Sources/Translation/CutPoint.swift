/// A position where a text can be cut in two.
package struct CutPoint: Equatable {
  /// How harmless a cut is; later cases are better.
  package enum Strength: Comparable {
    case character, word, clause, sentence
  }

  package var strength: Strength
  /// Byte index where the first part ends.
  package var end: Int
  /// Byte index where the second part begins, after the white space between the parts.
  package var next: Int

  /// What separates the parts.
  package var gap: LineCutter.Gap {
    if end < next { return .space }
    return strength == .character ? .none : .punctuation
  }

  /// The best place to cut a text near its middle; nil if it is a single character.
  ///
  /// - Complexity: O(`text.count`) time and memory.
  package static func best(in text: [UInt8]) -> CutPoint? {
    let middle = text.count / 2
    func distance(_ point: CutPoint) -> Int { abs(point.end - middle) }
    func keepNearest(_ point: CutPoint, _ nearest: inout CutPoint?) {
      if nearest.map({ distance(point) < distance($0) }) ?? true { nearest = point }
    }
    var (central, word, anywhere): (CutPoint?, CutPoint?, CutPoint?) = (nil, nil, nil)
    forEach(in: text) { point in
      keepNearest(point, &anywhere)
      guard point.strength > .character else { return }
      keepNearest(point, &word)
      guard distance(point) <= text.count / 4 else { return }
      guard let best = central, best.strength >= point.strength else { return central = point }
      if best.strength == point.strength { keepNearest(point, &central) }
    }
    return central ?? word ?? anywhere
  }

  /// Calls `visit` with every boundary between two characters; white space between them belongs to the boundary.
  ///
  /// Boundaries are visited one by one, because a list of them would take many times the memory of a huge line.
  private static func forEach(in text: [UInt8], _ visit: (CutPoint) -> Void) {
    // Where the first part would end, and what the character before says about a cut there.
    var (end, mark) = (0, Mark.none)
    var (offset, hasSpace) = (0, false)
    for character in String(decoding: text, as: UTF8.self) {
      let next = offset + character.utf8.count
      if character.isWhitespace {
        hasSpace = true
      } else {
        if end > 0 { visit(CutPoint(strength: mark.strength(hasSpace: hasSpace), end: end, next: offset)) }
        // A closing quotation mark or bracket stays with what it closes.
        if hasSpace || !isClosing(character) { mark = Mark(character) }
        (end, hasSpace) = (next, false)
      }
      offset = next
    }
  }
}

/// What a punctuation mark says about a cut after it.
private enum Mark {
  case none
  /// Ends a clause or sentence if white space follows, so that "3.14" and "1,000" are not cut.
  case spaced(CutPoint.Strength)
  /// Ends a clause or sentence in a script that is written without spaces.
  case unspaced(CutPoint.Strength)

  init(_ character: Character) {
    switch character {
    case ".", "!", "?", "…", "؟", "۔", "।", "॥", "։", "።": self = .spaced(.sentence)
    case "。", "！", "？", "｡", "．": self = .unspaced(.sentence)
    case ",", ";", ":", "–", "—", "،", "؛", "·", "၊": self = .spaced(.clause)
    case "，", "、", "；", "：", "､": self = .unspaced(.clause)
    default: self = .none
    }
  }

  func strength(hasSpace: Bool) -> CutPoint.Strength {
    switch self {
    case .none: hasSpace ? .word : .character
    case .spaced(let strength): hasSpace ? strength : .character
    case .unspaced(let strength): strength
    }
  }
}

private func isClosing(_ character: Character) -> Bool {
  switch character {
  case ")", "]", "}", "\"", "'", "”", "’", "»", "›", "」", "』", "）", "】", "》": true
  default: false
  }
}
