public import Tokens

/// A term of a source sentence, with its translation as the model reads it.
public struct TermAnnotation: Sendable, Equatable {
  /// The ids of the term in its sentence.
  public var term: Range<Int>
  /// Ids of the source's vocabulary.
  public var translation: [TokenID]

  /// An annotation of the ids of a term.
  public init(term: Range<Int>, translation: [TokenID]) {
    (self.term, self.translation) = (term, translation)
  }
}

/// Translations of terms in source sentences. They and the marks around them are no text: the words of a sentence, and
/// their places, are the same without them.
extension TextPipeline {
  /// How a translation is written behind a term of a source sentence.
  ///
  /// - Parameter translation: UTF-8.
  /// - Returns: ids of the source's vocabulary; nil with text that it cannot spell.
  public func annotation(_ translation: [UInt8]) -> [TokenID]? {
    let ids = encode(text: translation, side: isJoint ? .target : .source).ids
    return ids.isEmpty || ids.contains(vocabulary(.source).specialTokens.unknown) ? nil : ids
  }

  /// How a translation is written behind a term, if it is some ids of a target sentence.
  public func annotation(ofTarget ids: ArraySlice<TokenID>) -> [TokenID]? {
    isJoint ? Array(ids) : annotation(segmentation(.target).text(ofWord: ids))
  }

  /// A source sentence in which terms are followed by their translations.
  ///
  /// - Parameters:
  ///   - sentence: an encoded text.
  ///   - annotations: in the order of the terms, which do not overlap.
  /// - Returns: the same sentence if the vocabulary has no marks of terms.
  public func annotated(_ sentence: EncodedSentence, with annotations: [TermAnnotation]) -> EncodedSentence {
    guard let marks = vocabulary(.source).termMarks else { return sentence }
    var (result, position) = (sentence, 0)
    result.ids = []
    for annotation in annotations where annotation.term.lowerBound >= position {
      result.ids += sentence.ids[position..<annotation.term.lowerBound] + [marks.opening]
      result.ids += sentence.ids[annotation.term] + [marks.meaning] + annotation.translation + [marks.closing]
      position = annotation.term.upperBound
    }
    result.ids += sentence.ids[position...]
    return result
  }

  /// For each id of a source sentence, whether it is a mark of a term, or of a translation behind one; nil without any.
  func annotationFlags(_ ids: [TokenID], side: Side) -> [Bool]? {
    guard side == .source, let marks = vocabulary(.source).termMarks, ids.contains(marks.opening) else {
      return nil
    }
    var isInside = false
    return ids.map { id in
      defer { if id == marks.closing { isInside = false } }
      if id == marks.meaning { isInside = true }
      return isInside || id == marks.opening || id == marks.closing
    }
  }

  /// A sentence without translations of its terms.
  func withoutAnnotations(_ sentence: EncodedSentence, side: Side) -> EncodedSentence {
    guard let flags = annotationFlags(sentence.ids, side: side) else { return sentence }
    var result = sentence
    result.ids = zip(sentence.ids, flags).compactMap { $1 ? nil : $0 }
    return result
  }

  /// The lengths of words with the ids of annotations, which belong to the words that they mark.
  ///
  /// - Parameters:
  ///   - lengths: those without annotations.
  ///   - ids: the ids with annotations.
  ///   - flags: the result of ``annotationFlags(_:side:)``.
  /// - Returns: counts that add up to the number of ids.
  func lengths(_ lengths: [UInt16], of ids: [TokenID], _ flags: [Bool]) -> [UInt16] {
    guard !lengths.isEmpty else { return [] }
    var (result, word, left) = (lengths, -1, 0)
    for (id, isAnnotation) in zip(ids, flags) {
      if isAnnotation {
        // What precedes the term counts for its first word, what follows it for its last one.
        let isBefore = id == vocabulary(.source).termMarks?.opening && left == 0
        result[min(max(0, isBefore ? word + 1 : word), result.count - 1)] += 1
      } else {
        if left == 0 { (word, left) = (word + 1, Int(lengths[min(word + 1, lengths.count - 1)])) }
        left -= 1
      }
    }
    return result
  }
}
