import Evaluation
import Reporting

/// The texts to compare, which have equally many segments.
struct Segments {
  let systems: [(name: String, lines: [[UInt8]])]
  let references: SegmentReferences
  /// Whether all texts were composed to NFC, though some were not in it.
  let isComposed: Bool
  /// The documents of the segments, if the user named them.
  let documents: Documents?
  /// Whether the segments are whole documents.
  let areDocuments: Bool
  private let lineCount: Int
  private let documentsOfLines: Documents?

  init(_ arguments: EvaluateTranslationArguments) throws {
    let files = arguments.files
    let texts = try InputText.read(files.references + files.hypotheses, threads: arguments.threads)
    for text in texts where text.repairedCount > 0 { arguments.warn(aboutRepairedLines: text) }
    let references = Array(texts.prefix(files.references.count))
    let (first, count) = (references[0].name, references[0].count)
    guard count > 0 else { throw EvaluationInputError.noLines(path: first) }
    for text in texts[files.references.count...] + references where text.count != count {
      throw EvaluationInputError.lineCounts(
        path: text.name, count: text.count, reference: first, referenceCount: count)
    }
    var sets: [[[UInt8]]] = []
    for text in references { sets += try text.columns(files.referencesPerLine) }
    var systems: [(name: String, lines: [[UInt8]])] = []
    for text in texts[files.references.count...] {
      let columns = try text.columns(files.hypothesesPerLine)
      for (index, lines) in columns.enumerated() {
        systems.append(
          columns.count == 1 ? (text.name, lines) : ("System \(index + 1)", lines.map(trimmingEnd)))
      }
    }
    arguments.hint(at: systems, sets)
    let documents = try Self.documents(arguments, reference: first, count: count)
    areDocuments = arguments.documents.joinsSegments
    (lineCount, documentsOfLines) = (count, documents)
    if areDocuments, let documents {
      systems = systems.map { ($0.name, documents.join($0.lines)) }
      sets = sets.map(documents.join)
    }
    self.documents = areDocuments ? documents?.joined : documents
    (self.systems, self.references, isComposed) = composing(systems, sets, arguments)
  }

  /// Other lines about the same segments, such as those of the source: joined if the segments are documents.
  ///
  /// - Returns: a text for each segment; nil if there is not a line for each line of the references.
  func arranged(_ lines: [[UInt8]]) -> [[UInt8]]? {
    guard lines.count == lineCount else { return nil }
    guard areDocuments, let documentsOfLines else { return lines }
    return documentsOfLines.join(lines)
  }

  private static func documents(
    _ arguments: EvaluateTranslationArguments, reference: String, count: Int
  ) throws -> Documents? {
    guard !arguments.documents.names.isEmpty else { return nil }
    let text = try InputText(path: arguments.documents.names)
    guard text.count == count else {
      throw EvaluationInputError.documentCounts(
        path: text.name, count: text.count, reference: reference, referenceCount: count)
    }
    return try Documents(labels: text.trimmedLines, path: text.name)
  }
}

/// Texts to compare: composed to NFC if the user wants it, or if words differ only in their normal form.
private func composing(
  _ systems: [(name: String, lines: [[UInt8]])], _ sets: [[[UInt8]]],
  _ arguments: EvaluateTranslationArguments
) -> (systems: [(name: String, lines: [[UInt8]])], references: SegmentReferences, isComposed: Bool) {
  let skipsEmpty = arguments.files.skipsEmptyReferences
  let references = SegmentReferences(sets: sets, skippingEmpty: skipsEmpty)
  guard composes(systems, references, arguments) else { return (systems, references, false) }
  let composedSystems = systems.map { (name: $0.name, lines: composed($0.lines)) }
  let composedSets = sets.map(composed)
  let isChanged = composedSets != sets || zip(systems, composedSystems).contains { $0.lines != $1.lines }
  return (composedSystems, SegmentReferences(sets: composedSets, skippingEmpty: skipsEmpty), isChanged)
}

/// Whether to compare texts in NFC; if words differ only in their normal form, says so.
private func composes(
  _ systems: [(name: String, lines: [[UInt8]])], _ references: SegmentReferences,
  _ arguments: EvaluateTranslationArguments
) -> Bool {
  let normalization = arguments.files.normalization
  if normalization == .nfc { return true }
  for (name, lines) in systems {
    let count = segmentsWithEquivalentWords(
      hypotheses: lines, references: references, threads: arguments.threads)
    guard count > 0 else { continue }
    let subject = count == 1 ? "1 segment has words" : "\(count) segments have words"
    arguments.say(
      "warning: '\(name)': \(subject) that look like those of the reference but have other code points; "
        + (normalization == .auto
          ? "all texts are compared in Unicode's normal form NFC (--normalization none leaves them as they are)"
          : "--normalization nfc compares them as equal"))
    if normalization == .auto { return true }
  }
  return false
}

extension EvaluateTranslationArguments {
  /// Prints a message, unless the user wants none.
  fileprivate func say(_ message: String) {
    if !output.isQuiet { Console.standardError.message("evaluate-translation: " + message) }
  }

  fileprivate func warn(aboutRepairedLines text: InputText) {
    say(
      "warning: '\(text.name)': \(text.repairedCount) of \(text.count) lines are not valid UTF-8; "
        + "invalid bytes were replaced with U+FFFD")
  }

  /// Prints what suggests that texts are not as a metric expects them.
  fileprivate func hint(at systems: [(name: String, lines: [[UInt8]])], _ references: [[[UInt8]]]) {
    guard !output.isQuiet else { return }
    // Pieces need no spaces.
    let tokenization = metrics.names.contains(.bleu) ? metrics.tokenizer.tokenization : nil
    var said: [TextHint] = []
    for (name, lines) in systems {
      let hints = TextHint.hints(
        hypotheses: lines, references: references.flatMap { $0 }, tokenization: tokenization)
      for hint in hints where !said.contains(hint) {
        said.append(hint)
        say("hint: '\(name)': \(hint)")
      }
    }
  }
}
