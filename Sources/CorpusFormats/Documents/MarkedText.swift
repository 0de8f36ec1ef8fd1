import Text

/// Text to translate, with a character of the private use area in the place of each piece of markup.
struct MarkedText: Sendable {
  /// A stretch of text, or a mark that stands for markup.
  enum Part: Sendable, Equatable {
    case text(String)
    case mark(ProtectedSpan.Role)
  }

  /// A stretch of a translation, or a mark by its number in the source.
  enum TranslatedPart: Sendable, Equatable {
    case text(String)
    case mark(Int)
  }

  /// The text, with a character for each mark.
  let text: String
  /// The marks' characters in the text.
  let spans: [ProtectedSpan]
  private let first: UInt32

  /// Text without marks of its own; nil if there are too many marks.
  init?(_ parts: [Part]) {
    var (roles, texts): ([ProtectedSpan.Role], [String]) = ([], [])
    for part in parts {
      switch part {
      case .text(let text): texts.append(text)
      case .mark(let role): roles.append(role)
      }
    }
    guard let first = Self.freeCharacters(roles.count, texts) else { return nil }
    var (text, spans): (String, [ProtectedSpan]) = ("", [])
    let paired = Self.paired(roles)
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .mark:
        let start = text.utf8.count
        let index = spans.count
        text.unicodeScalars.append(Unicode.Scalar(first + UInt32(index)) ?? "?")
        spans.append(ProtectedSpan(range: start..<text.utf8.count, kind: .tag, role: paired[index]))
      }
    }
    (self.text, self.spans, self.first) = (text, spans, first)
  }

  /// The first of consecutive characters of the private use area that no text has.
  private static func freeCharacters(_ count: Int, _ texts: [String]) -> UInt32? {
    let area: ClosedRange<UInt32> = 0xE000...0xF8FF
    let used = texts.flatMap { $0.unicodeScalars.map(\.value).filter(area.contains) }.max()
    let first = used.map { $0 + 1 } ?? area.lowerBound
    return Int(area.upperBound) - Int(first) + 1 >= count ? first : nil
  }

  /// The roles with those of marks without a partner, which only mark a place.
  private static func paired(_ roles: [ProtectedSpan.Role]) -> [ProtectedSpan.Role] {
    var roles = roles
    var open: [(number: Int, index: Int)] = []
    for (index, role) in roles.enumerated() {
      switch role {
      case .opening(let number): open.append((number, index))
      case .closing(let number):
        guard let place = open.lastIndex(where: { $0.number == number }) else {
          roles[index] = .standalone
          continue
        }
        for other in open[(place + 1)...] { roles[other.index] = .standalone }
        // Each pair has its own number.
        (roles[open[place].index], roles[index]) = (.opening(index), .closing(index))
        open.removeSubrange(place...)
      case .copied, .standalone: break
      }
    }
    for other in open { roles[other.index] = .standalone }
    return roles
  }

  /// Whether there is something to translate.
  var hasWords: Bool { text.unicodeScalars.contains { $0.properties.isAlphabetic } }

  /// A translation as text and marks; nil if it is empty, or lacks a mark or has one twice.
  func parts(of translation: String) -> [TranslatedPart]? {
    var (parts, open): ([TranslatedPart], Set<Int>) = ([], Set(spans.indices))
    var words = String.UnicodeScalarView()
    for scalar in translation.unicodeScalars {
      guard scalar.value >= first, scalar.value - first < UInt32(spans.count) else {
        words.append(scalar)
        continue
      }
      let index = Int(scalar.value - first)
      guard open.remove(index) != nil else { return nil }
      if !words.isEmpty { parts.append(.text(String(words))) }
      words = String.UnicodeScalarView()
      parts.append(.mark(index))
    }
    if !words.isEmpty { parts.append(.text(String(words))) }
    guard open.isEmpty, parts.contains(where: \.hasText) else { return nil }
    return parts
  }
}

extension MarkedText.TranslatedPart {
  fileprivate var hasText: Bool {
    guard case .text(let text) = self else { return false }
    return text.unicodeScalars.contains { !$0.properties.isWhitespace }
  }
}
