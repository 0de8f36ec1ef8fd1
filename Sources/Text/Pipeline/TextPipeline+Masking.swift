import Tokens

extension TextPipeline {
  /// Hides some of the words that stand identically on both sides of a pair, so that a model learns to copy.
  ///
  /// A model that never sees `<unk>` in training does not know what to do with one. Where a word such as a name
  /// or a number becomes `<unk>` on both sides, it learns that a source's `<unk>` belongs in the translation.
  ///
  /// Only words with a letter or digit count that stand once on each side, and only such as keep their order,
  /// because ``decode(_:unknowns:side:)`` fills in unknown text in order. A pair that has unknown text already is
  /// left alone.
  ///
  /// - Parameters:
  ///   - source: the source sentence.
  ///   - target: its translation.
  ///   - probability: of each shared word to be hidden, from 0 to 1.
  ///   - generator: where chance comes from.
  public func maskSharedWords(
    source: inout EncodedSentence, target: inout EncodedSentence, probability: Double,
    using generator: inout some RandomNumberGenerator
  ) {
    guard probability > 0, !source.ids.contains(SpecialToken.unknown),
      !target.ids.contains(SpecialToken.unknown)
    else { return }
    let sourceWords = words(of: source.ids, vocabulary(.source))
    let targetWords = words(of: target.ids, vocabulary(.target))
    let places = uniquePlaces(targetWords)
    var hidden: (source: Set<Int>, target: Set<Int>) = ([], [])
    var lastTarget = -1
    for (word, place) in uniquePlaces(sourceWords).sorted(by: { $0.value < $1.value }) {
      guard let targetPlace = places[word], targetPlace > lastTarget, isNameLike(word),
        randomFraction(using: &generator) < probability
      else { continue }
      hidden.source.insert(place)
      hidden.target.insert(targetPlace)
      lastTarget = targetPlace
    }
    guard !hidden.source.isEmpty else { return }
    source = hide(hidden.source, in: sourceWords, of: source.ids)
    target = hide(hidden.target, in: targetWords, of: target.ids)
  }
}

/// A word's text and the place of its ids.
private struct EncodedWord {
  let text: [UInt8]
  let ids: Range<Int>
}

private func words(of ids: [TokenID], _ vocabulary: Vocabulary) -> [EncodedWord] {
  var words: [EncodedWord] = []
  var text: [UInt8] = []
  var start = 0
  for (index, id) in ids.enumerated() {
    // A tag is no word to copy, even where the translation speaks of it.
    if !vocabulary.tagIDs.contains(id) { text += vocabulary.text(of: id) }
    if vocabulary.continuesWord(id) && index + 1 < ids.count { continue }
    words.append(EncodedWord(text: text, ids: start..<index + 1))
    text = []
    start = index + 1
  }
  return words
}

/// Words that stand once, with their places.
private func uniquePlaces(_ words: [EncodedWord]) -> [[UInt8]: Int] {
  var places: [[UInt8]: Int] = [:]
  var repeated: Set<[UInt8]> = []
  for (place, word) in words.enumerated() where places.updateValue(place, forKey: word.text) != nil {
    repeated.insert(word.text)
  }
  return places.filter { !repeated.contains($0.key) }
}

/// Whether a word has a letter or digit; a comma is better learned as itself.
private func isNameLike(_ word: [UInt8]) -> Bool {
  String(decoding: word, as: UTF8.self).unicodeScalars.contains {
    $0.properties.isAlphabetic || $0.properties.numericType != nil
  }
}

private func hide(_ hidden: Set<Int>, in words: [EncodedWord], of ids: [TokenID]) -> EncodedSentence {
  var sentence = EncodedSentence()
  for (place, word) in words.enumerated() {
    if hidden.contains(place) {
      sentence.ids.append(SpecialToken.unknown)
      sentence.unknowns.append(UnknownText(bytes: word.text, continuesWord: false))
    } else {
      sentence.ids += ids[word.ids]
    }
  }
  return sentence
}
