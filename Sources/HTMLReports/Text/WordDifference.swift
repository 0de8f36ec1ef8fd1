/// Where a translation differs from a reference, word by word.
package struct WordDifference: Sendable, Equatable {
  /// A stretch of words.
  package enum Part: Sendable, Equatable {
    /// Words that both have.
    case same(String)
    /// Words that only the translation has.
    case added(String)
    /// Words that only the reference has.
    case missing(String)
  }

  /// The parts in order.
  package let parts: [Part]

  /// The difference with the longest common sequence of words.
  ///
  /// Sentences of more than 1,000 words are compared without their common beginning and end only as a whole.
  ///
  /// - Parameters:
  ///   - reference: the reference.
  ///   - translation: the translation.
  package init(reference: String, translation: String) {
    let (old, new) = (Self.words(reference), Self.words(translation))
    var (begin, end) = (0, 0)
    while begin < min(old.count, new.count), old[begin] == new[begin] { begin += 1 }
    while end < min(old.count, new.count) - begin, old[old.count - 1 - end] == new[new.count - 1 - end] {
      end += 1
    }
    let middle = Self.middle(Array(old[begin..<old.count - end]), Array(new[begin..<new.count - end]))
    parts = Self.joined(
      new[..<begin].map { .same($0) } + middle + new[(new.count - end)...].map { .same($0) })
  }

  /// The share of words that both have, among those of the reference and the translation; 1 if both are empty.
  package var similarity: Double {
    var (same, all) = (0, 0)
    for part in parts {
      switch part {
      case .same(let text):
        (same, all) = (same + 2 * Self.words(text).count, all + 2 * Self.words(text).count)
      case .added(let text), .missing(let text): all += Self.words(text).count
      }
    }
    return all == 0 ? 1 : Double(same) / Double(all)
  }

  /// The translation with the words marked that only it has, and with those that only the reference has.
  package var html: HTML {
    var contents: [HTML] = []
    for part in parts {
      if !contents.isEmpty { contents.append(" ") }
      switch part {
      case .same(let text): contents.append(.text(text))
      case .added(let text): contents.append(.element("ins", [:], .text(text)))
      case .missing(let text): contents.append(.element("del", [:], .text(text)))
      }
    }
    return .sequence(contents)
  }

  private static func words(_ text: String) -> [String] {
    text.split { $0.isWhitespace }.map(String.init)
  }

  /// The difference of words between a common beginning and end, by a table of the longest common sequences.
  private static func middle(_ old: [String], _ new: [String]) -> [Part] {
    guard old.count <= 1000, new.count <= 1000 else {
      return old.map { .missing($0) } + new.map { .added($0) }
    }
    let width = new.count + 1
    var lengths = [Int](repeating: 0, count: (old.count + 1) * width)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        lengths[i * width + j] =
          old[i] == new[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var (parts, i, j): ([Part], Int, Int) = ([], 0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        parts.append(.same(new[j]))
        (i, j) = (i + 1, j + 1)
      } else if j == new.count || i < old.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]
      {
        parts.append(.missing(old[i]))
        i += 1
      } else {
        parts.append(.added(new[j]))
        j += 1
      }
    }
    return parts
  }

  /// Neighbors of the same kind as one part; missing words stand before added ones.
  private static func joined(_ parts: [Part]) -> [Part] {
    var joined: [Part] = []
    var (missing, added): ([String], [String]) = ([], [])
    var same: [String] = []
    func flushChanges() {
      if !missing.isEmpty { joined.append(.missing(missing.joined(separator: " "))) }
      if !added.isEmpty { joined.append(.added(added.joined(separator: " "))) }
      (missing, added) = ([], [])
    }
    func flushSame() {
      if !same.isEmpty { joined.append(.same(same.joined(separator: " "))) }
      same = []
    }
    for part in parts {
      switch part {
      case .same(let word):
        flushChanges()
        same.append(word)
      case .added(let word):
        flushSame()
        added.append(word)
      case .missing(let word):
        flushSame()
        missing.append(word)
      }
    }
    flushSame()
    flushChanges()
    return joined
  }
}
