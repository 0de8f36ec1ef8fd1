/// Where a translation differs from a reference, word by word.
///
/// Punctuation counts as words of its own, and so do characters of scripts that have no spaces between words.
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
  /// Whether a space stands before each part.
  private let spaces: [Bool]
  /// The share of words that both have, among those of the reference and the translation; 1 if both are empty.
  package let similarity: Double

  /// The difference with the longest common sequence of words.
  ///
  /// If more than 1,000 words are left between a common beginning and a common end, they are not compared.
  ///
  /// - Parameters:
  ///   - reference: the reference.
  ///   - translation: the translation.
  package init(reference: String, translation: String) {
    let changes = wordChanges(from: differenceWords(reference), to: differenceWords(translation))
    let same = changes.count { $0.kind == .same }
    similarity = changes.isEmpty ? 1 : Double(2 * same) / Double(changes.count + same)
    var (parts, spaces): ([Part], [Bool]) = ([], [])
    for group in Self.grouped(changes) {
      let text = group.enumerated().reduce(into: "") { text, item in
        text += (item.offset > 0 && item.element.word.hasSpace ? " " : "") + item.element.word.text
      }
      switch group[0].kind {
      case .same: parts.append(.same(text))
      case .added: parts.append(.added(text))
      case .missing: parts.append(.missing(text))
      }
      spaces.append(group[0].word.hasSpace)
    }
    (self.parts, self.spaces) = (parts, spaces)
  }

  /// The translation with the words marked that only it has, and with those that only the reference has.
  package var html: HTML {
    var contents = HTML.empty
    for (index, part) in parts.enumerated() {
      if index > 0, spaces[index] || index == 1 && hasMissingBeginning { contents += " " }
      switch part {
      case .same(let text): contents += .text(text)
      case .added(let text): contents += .element("ins", [:], .text(text))
      case .missing(let text): contents += .element("del", [:], .text(text))
      }
    }
    return contents
  }

  /// Whether a missing word stands before the first word of the translation, which has no space before it.
  private var hasMissingBeginning: Bool {
    guard case .missing(let missing) = parts[0], let end = missing.last else { return false }
    return isPartOfWord(end)
  }

  /// Neighbors of the same kind; of words that change, those that are missing stand first.
  private static func grouped(_ changes: [WordChange]) -> [[WordChange]] {
    var groups: [[WordChange]] = []
    var (missing, added): ([WordChange], [WordChange]) = ([], [])
    for change in changes + [.end] {
      switch change.kind {
      case .missing: missing.append(change)
      case .added: added.append(change)
      case .same:
        groups += [missing, added].filter { !$0.isEmpty }
        (missing, added) = ([], [])
        if groups.last?[0].kind == .same {
          groups[groups.count - 1].append(change)
        } else {
          groups.append([change])
        }
      }
    }
    // The last word was the end.
    groups[groups.count - 1].removeLast()
    return groups.filter { !$0.isEmpty }
  }
}
