import Tokens

extension TextPipeline {
  /// Where the ids of a sentence are in its text, counted in visible characters: Unicode scalars that are no white space.
  ///
  /// Segmentations differ in what they do with white space, but all keep the other characters in order. Normalization may
  /// change their number a little, so places are exact for most texts, and near for all.
  ///
  /// - Parameters:
  ///   - sentence: ids with their unknown texts and those of span tokens; a tag is no text, nor is a translation of a term.
  ///   - side: the side to whose vocabulary the ids belong.
  /// - Returns: for each id, the range of its characters.
  public func visiblePlaces(of sentence: EncodedSentence, side: Side) -> [Range<Int>] {
    let vocabulary = vocabulary(side)
    let unknown = vocabulary.specialTokens.unknown
    var (places, start, copied): ([Range<Int>], Int, Int) = ([], 0, 0)
    let flags = annotationFlags(sentence.ids, side: side)
    for (index, id) in sentence.ids.enumerated() {
      var text: [UInt8] = []
      if flags?[index] == true {
        places.append(start..<start)
        continue
      }
      if id == unknown {
        // Without the marks of a tokenizer.
        if copied < sentence.unknowns.count {
          text = segmentation(side).text(
            of: EncodedSentence(ids: [id], unknowns: [sentence.unknowns[copied]]))
        }
        copied += 1
      } else if let span = vocabulary.spanIndex(of: id) {
        if span < sentence.spans.count {
          text = segmentation(side).text(
            of: EncodedSentence(ids: [unknown], unknowns: [sentence.spans[span]]))
        }
      } else if !vocabulary.isTag(id) {
        text = segmentation(side).text(of: EncodedSentence(ids: [id]))
      }
      places.append(start..<start + visibleCount(of: text[...]))
      start = places[places.count - 1].upperBound
    }
    return places
  }

  /// The ids whose text overlaps some visible characters.
  ///
  /// - Parameters:
  ///   - characters: not empty.
  ///   - places: the result of ``visiblePlaces(of:side:)``.
  /// - Returns: an empty range if there are none.
  public static func ids(at characters: Range<Int>, _ places: [Range<Int>]) -> Range<Int> {
    let found = places.indices.filter { places[$0].overlaps(characters) }
    guard let first = found.first, let last = found.last else { return 0..<0 }
    return first..<last + 1
  }
}

/// The number of scalars of a text that are no white space.
public func visibleCount(of text: ArraySlice<UInt8>) -> Int {
  if text.allSatisfy({ $0 < 0x80 }) { return text.count { $0 > 0x20 } }
  return String(decoding: text, as: UTF8.self).unicodeScalars.count { !$0.properties.isWhitespace }
}
