import Text
import Tokens

/// The terms of a piece that the model reads with their translations.
struct AnnotatedTerms: Sendable, Equatable {
  /// A term, as the text has it, and its translation.
  struct Term: Sendable, Equatable {
    var text: [UInt8]
    var translation: [TokenID]
  }

  /// In the order of the text.
  var terms: [Term] = []

  /// A sentence with the translations behind the terms.
  ///
  /// - Parameters:
  ///   - sentence: how the vocabulary spells the text, with or without a tag.
  ///   - text: what the model reads; other text than the terms may differ from the piece's.
  ///   - pipeline: the model's.
  ///   - longest: the most ids that the sentence may have; translations for which there is no room are left out.
  /// - Returns: the same sentence without terms.
  func apply(to sentence: EncodedSentence, of text: [UInt8], _ pipeline: TextPipeline, longest: Int)
    -> EncodedSentence
  {
    guard !terms.isEmpty else { return sentence }
    let places = pipeline.visiblePlaces(of: sentence, side: .source)
    var (annotations, position, visible): ([TermAnnotation], Int, Int) = ([], 0, 0)
    var count = sentence.ids.count
    for term in terms {
      guard let found = text[position...].firstRange(of: term.text) else { continue }
      let start = visible + visibleCount(of: text[position..<found.lowerBound])
      visible = start + visibleCount(of: text[found])
      position = found.upperBound
      let ids = TextPipeline.ids(at: start..<visible, places)
      let added = term.translation.count + TermMarks.names.count
      guard !ids.isEmpty, count + added <= longest else { continue }
      annotations.append(TermAnnotation(term: ids, translation: term.translation))
      count += added
    }
    return pipeline.annotated(sentence, with: annotations)
  }
}
