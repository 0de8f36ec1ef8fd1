import Files

/// A change of a text: some of its bytes are replaced.
struct Edit: Sendable, Equatable {
  let range: Range<Int>
  let replacement: [UInt8]

  init(_ range: Range<Int>, _ replacement: String) {
    (self.range, self.replacement) = (range, Array(replacement.utf8))
  }

  /// An insertion.
  init(at place: Int, _ text: String) { self.init(place..<place, text) }
}

/// How a translation that was filled in is marked.
public enum FillMark: String, Sendable, CaseIterable {
  /// As what the format calls unreviewed: `fuzzy`, `needs-review-translation`, `unfinished`.
  case fuzzy
  /// By a comment.
  case comment
  /// Not at all.
  case unmarked = "none"

  /// What the comment says.
  static let commentText = "Machine translation, not reviewed"
}

/// A unit with what is needed to write its translation into the file.
struct LocatedUnit: Sendable {
  /// What is to be written.
  struct Texts {
    /// The whole file as UTF-8.
    let document: [UInt8]
    /// A text for each of ``LocatedUnit/places``; nil leaves a place as it is.
    let forms: [TaggedText?]
    let mark: FillMark

    /// A part of the file.
    func source(_ range: Range<Int>) -> String { String(decoding: document[range], as: UTF8.self) }
  }

  /// A place for a translation.
  struct Place: Sendable {
    /// The index of the source text that is translated there.
    let source: Int
    let state: TranslationState
  }

  /// The unit; if ``isSegmented``, with a source and a target text for each segment.
  var unit: TranslationUnit
  /// Whether the texts are those of consecutive segments, not of plural forms.
  var isSegmented = false
  var places: [Place]
  /// The changes that write translations; nil if the format cannot be written.
  var fill: (@Sendable (Texts) -> [Edit])?

  init(_ unit: TranslationUnit, places: [Place]? = nil, fill: (@Sendable (Texts) -> [Edit])? = nil) {
    (self.unit, self.fill) = (unit, fill)
    self.places = places ?? [Place(source: 0, state: unit.state)]
  }

  /// The unit, or one for each segment.
  var units: [TranslationUnit] {
    guard isSegmented else { return [unit] }
    return unit.source.indices.map { index in
      var part = unit
      part.source = [unit.source[index]]
      part.targets = unit.targets.compactMap { index < $0.count ? [$0[index]] : nil }
      if index < places.count { part.state = places[index].state }
      return part
    }
  }
}

/// Reads the units of a file one by one.
protocol UnitReader {
  /// The next unit; nil after the last one.
  mutating func next() throws(FileError) -> LocatedUnit?
  /// The codes of all languages of a memory, as far as it was read.
  var seenLanguages: Set<String> { get }
}

extension UnitReader {
  /// None: the units say what languages they have.
  var seenLanguages: Set<String> { [] }
}
