import Text

/// Cuts the content of a paragraph into segments and what is between them.
struct ParagraphSegmentation {
  private typealias Item = Paragraph.Item

  /// Segments, and what stays as it is, in order.
  private(set) var elements: [Paragraph.Element] = []

  /// - Parameter items: the content of a paragraph.
  init(_ items: [Paragraph.Item]) {
    var segment: [Item] = []
    for item in Self.withWholePairs(Self.withCopiedFields(items)) {
      if case .code(_, .boundary) = item {
        add(segment)
        segment = []
        elements.append(.item(item))
      } else {
        segment.append(item)
      }
    }
    add(segment)
  }

  /// The items with fields as single words if their results have none, such as numbers of pages: however the words
  /// around it are translated, such a number is in its field, where a word processor updates it.
  private static func withCopiedFields(_ items: [Item]) -> [Item] {
    var (result, openings): ([Item], [Int: Int]) = ([], [:])
    for item in items {
      result.append(item)
      guard case .code(let codes, let kind) = item, codes.first?.format != nil else { continue }
      if case .opening(let number) = kind { openings[number] = result.count - 1 }
      guard case .closing(let number) = kind, let start = openings.removeValue(forKey: number),
        start < result.count, let field = wordlessField(result[start...])
      else { continue }
      result.removeSubrange(start...)
      result.append(field)
    }
    return result
  }

  /// A field as a word, or as a mark if its result is empty; nil if there are words in it, or other markup.
  private static func wordlessField(_ items: ArraySlice<Item>) -> Item? {
    var (codes, hasText): ([Paragraph.Code], Bool) = ([], false)
    for (index, item) in zip(items.indices, items) {
      switch item {
      case .text(let text, let format):
        guard !text.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return nil }
        codes.append(Paragraph.Code(range: 0..<0, text: text, format: format))
        hasText = true
      case .code(let own, _):
        guard index == items.startIndex || index == items.endIndex - 1 else { return nil }
        codes += own
      }
    }
    return .code(codes, hasText ? .copied : .standalone)
  }

  /// The items with boundaries in place of markup that lacks its partner, or has a boundary between it and its partner.
  private static func withWholePairs(_ items: [Item]) -> [Item] {
    var open: [(number: Int, index: Int, isBroken: Bool)] = []
    var items = items
    func makeBoundary(_ index: Int) {
      if case .code(let codes, _) = items[index] { items[index] = .code(codes, .boundary) }
      for place in open.indices { open[place].isBroken = true }
    }
    for (index, item) in items.enumerated() {
      guard case .code(_, let kind) = item else { continue }
      switch kind {
      case .opening(let number): open.append((number, index, false))
      case .closing(let number):
        guard let place = open.lastIndex(where: { $0.number == number }) else {
          makeBoundary(index)
          continue
        }
        let (opening, inner) = (open[place], open[(place + 1)...])
        open.removeSubrange(place...)
        for pair in inner { makeBoundary(pair.index) }
        if opening.isBroken || !inner.isEmpty {
          makeBoundary(opening.index)
          makeBoundary(index)
        }
      case .boundary: makeBoundary(index)
      case .standalone, .copied, .rangeStart, .rangeEnd: break
      }
    }
    for pair in open {
      if case .code(let codes, _) = items[pair.index] { items[pair.index] = .code(codes, .boundary) }
    }
    return items
  }

  /// Adds a segment, and around it what is no part of a sentence.
  private mutating func add(_ items: [Item]) {
    let (before, inner, after) = Self.trimmed(items)
    elements += before.map { .item($0) }
    if let segment = ParagraphSegment(inner) {
      elements.append(.segment(segment))
    } else {
      elements += inner.map { .item($0) }
    }
    elements += after.map { .item($0) }
  }

  /// Takes white space and markup off the ends.
  private static func trimmed(_ items: [Item]) -> (before: [Item], inner: [Item], after: [Item]) {
    let partners = partners(in: items)
    // The number of items with text before each place.
    var textCounts = [0]
    for item in items { textCounts.append(textCounts[textCounts.count - 1] + (item.isOuter ? 0 : 1)) }
    var (first, last) = (0, items.count)
    while first < last {
      let (left, right) = (items[first], items[last - 1])
      if case .code(_, .opening) = left, let end = partners[first] {
        if end == last - 1 {
          // A pair around everything stays outside.
          (first, last) = (first + 1, last - 1)
          continue
        }
        if textCounts[end] == textCounts[first] {
          first = end + 1
          continue
        }
      } else if left.isOuter {
        first += 1
        continue
      }
      if case .code(_, .closing) = right, let start = partners[last - 1] {
        guard textCounts[last] == textCounts[start] else { break }
        last = start
      } else if right.isOuter {
        last -= 1
      } else {
        break
      }
    }
    var (before, inner, after) = (Array(items[..<first]), Array(items[first..<last]), Array(items[last...]))
    if case .text(let text, let format) = inner.first {
      let rest = text.unicodeScalars.drop { $0.isPlainSpace }
      let space = text.unicodeScalars.prefix(text.unicodeScalars.count - rest.count)
      if !space.isEmpty { before.append(.text(String(space), format: format)) }
      inner[0] = .text(String(rest), format: format)
    }
    if case .text(let text, let format) = inner.last {
      let space = text.unicodeScalars.reversed().prefix { $0.isPlainSpace }.count
      if space > 0 { after.insert(.text(String(text.unicodeScalars.suffix(space)), format: format), at: 0) }
      inner[inner.count - 1] = .text(String(text.unicodeScalars.dropLast(space)), format: format)
    }
    return (before, inner, after)
  }

  /// The places of pairs' other ends.
  private static func partners(in items: [Item]) -> [Int: Int] {
    var (open, partners): ([Int: Int], [Int: Int]) = ([:], [:])
    for (index, item) in items.enumerated() {
      guard case .code(_, let kind) = item else { continue }
      if case .opening(let number) = kind { open[number] = index }
      if case .closing(let number) = kind, let start = open[number] {
        (partners[start], partners[index]) = (index, start)
      }
    }
    return partners
  }
}

extension Paragraph.Item {
  /// Whether it may stay outside of a segment at whose end it is: white space, and markup that is no word.
  fileprivate var isOuter: Bool {
    switch self {
    case .text(let text, _): text.unicodeScalars.allSatisfy(\.isPlainSpace)
    case .code(_, .copied): false
    case .code: true
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a space that may be at the end of a line, unlike a no-break space.
  fileprivate var isPlainSpace: Bool { self == " " || self == "\n" || self == "\r" || self == "\t" }
}

extension ParagraphSegment {
  /// A segment; nil without words, or with too much markup.
  fileprivate init?(_ items: [Paragraph.Item]) {
    let texts = Self.withSpacesOfNeighbors(items)
    var sizes: [Int: Int] = [:]
    for case .text(let text, let format) in texts { sizes[format, default: 0] += text.utf8.count }
    // Of equally frequent formats, the first.
    let base = sizes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
    var (parts, marks): ([MarkedText.Part], [Mark]) = ([], [])
    var (open, number): (Int?, Int) = (nil, 0)
    func close() {
      guard open != nil else { return }
      parts.append(.mark(.closing(-number)))
      marks.append(.formatClosing(number: number))
      open = nil
    }
    for item in texts {
      switch item {
      case .text(let text, let format):
        if open != format { close() }
        if open == nil, format != base {
          number += 1
          open = format
          // Numbers of formats are negative, those of markup are not.
          parts.append(.mark(.opening(-number)))
          marks.append(.formatOpening(number: number, format: format))
        }
        parts.append(.text(text))
      case .code(let codes, let kind):
        if kind.role != .standalone { close() }
        parts.append(.mark(kind.role))
        marks.append(.code(codes, kind))
      }
    }
    close()
    guard let text = MarkedText(parts), text.hasWords else { return nil }
    (self.text, self.marks, baseFormat, source) = (text, marks, base, items)
  }

  /// The items with white space between texts of one format in that format, and line ends as spaces.
  private static func withSpacesOfNeighbors(_ items: [Paragraph.Item]) -> [Paragraph.Item] {
    var result: [Paragraph.Item] = []
    for (index, item) in items.enumerated() {
      guard case .text(let text, let format) = item else {
        result.append(item)
        continue
      }
      var own = format
      if text.unicodeScalars.allSatisfy(\.isPlainSpace), case .text(_, let before) = result.last,
        index + 1 < items.count, case .text(_, let after) = items[index + 1], before == after
      {
        own = before
      }
      let words = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isPlainSpace ? " " : $0 }))
      result.append(.text(words, format: own))
    }
    return result
  }
}

extension Paragraph.CodeKind {
  fileprivate var role: ProtectedSpan.Role {
    switch self {
    case .standalone, .boundary, .rangeStart, .rangeEnd: .standalone
    case .copied: .copied
    case .opening(let number): .opening(number)
    case .closing(let number): .closing(number)
    }
  }
}
