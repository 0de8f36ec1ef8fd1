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
  /// - Returns: the same sentence without terms.
  func apply(to sentence: EncodedSentence, of text: [UInt8], _ pipeline: TextPipeline) -> EncodedSentence {
    guard !terms.isEmpty else { return sentence }
    let places = pipeline.visiblePlaces(of: sentence, side: .source)
    var (annotations, position, visible): ([TermAnnotation], Int, Int) = ([], 0, 0)
    for term in terms {
      guard let found = text[position...].firstRange(of: term.text) else { continue }
      let start = visible + visibleCount(of: text[position..<found.lowerBound])
      visible = start + visibleCount(of: text[found])
      position = found.upperBound
      let ids = TextPipeline.ids(at: start..<visible, places)
      if !ids.isEmpty { annotations.append(TermAnnotation(term: ids, translation: term.translation)) }
    }
    return pipeline.annotated(sentence, with: annotations)
  }
}
