import Training

/// Sentences of the validation text whose translations are shown, the same ones in every validation.
struct ValidationSamples {
  /// Their places in the text, from 0.
  let lines: [Int]
  /// The sentences.
  let sources: [[UInt8]]
  private let references: [[UInt8]]

  /// How many are shown.
  private static let count = 6
  /// Bytes of a sentence that can be taken in at a glance.
  private static let glance = 12...160

  /// Chooses sentences from all parts of a text; of each part the first that is neither very short nor long, or else
  /// the first that is not empty.
  init(_ sources: [[UInt8]], _ references: [[UInt8]]) {
    let count = min(sources.count, references.count)
    let parts = min(Self.count, count)
    lines = (0..<parts).compactMap { part in
      let range = part * count / parts..<(part + 1) * count / parts
      return range.first { Self.glance.contains(sources[$0].count) } ?? range.first { !sources[$0].isEmpty }
    }
    self.sources = lines.map { sources[$0] }
    self.references = lines.map { references[$0] }
  }

  /// The sentences with their translations.
  func translated(_ translations: [[UInt8]]) -> [SampleTranslation] {
    lines.indices.map { index in
      SampleTranslation(
        line: lines[index] + 1, source: text(sources[index]), reference: text(references[index]),
        translation: text(translations[index]))
    }
  }
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
