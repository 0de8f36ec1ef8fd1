package import Tokens

extension TextPipeline {
  /// Hides some of the words that both sides of a pair share, so that a model learns to copy.
  ///
  /// A model that never sees `<unk>` in training does not know what to do with one. If a word such as a name or a
  /// number becomes `<unk>` on both sides, the model learns to copy the source's `<unk>` into the translation.
  ///
  /// A hidden word must look like a name or a number and occur once on each side, and hidden words must be in the same
  /// order on both sides, because ``decode(_:unknowns:side:)`` fills in unknown text in order. A pair that already has
  /// unknown text is unchanged.
  ///
  /// Other words are shared by chance: in Multi30k (English and German), nearly three quarters of them are `in`. A
  /// model that saw them hidden would take an `<unk>` for a preposition.
  ///
  /// - Parameters:
  ///   - source: the source sentence.
  ///   - target: its translation.
  ///   - probability: the probability of hiding each shared word, from 0 to 1.
  ///   - generator: the source of randomness.
  public func maskSharedWords(
    source: inout EncodedSentence, target: inout EncodedSentence, probability: Double,
    using generator: inout some RandomNumberGenerator
  ) {
    guard probability > 0, !source.ids.contains(vocabulary(.source).specialTokens.unknown),
      !target.ids.contains(vocabulary(.target).specialTokens.unknown)
    else { return }
    let sourceWords = encodedWords(of: source, side: .source)
    let targetWords = encodedWords(of: target, side: .target)
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
    source = hide(hidden.source, in: sourceWords, of: source.ids, side: .source)
    target = hide(hidden.target, in: targetWords, of: target.ids, side: .target)
  }

  /// Names and numbers that both sides of a pair share, as in ``maskSharedWords(source:target:probability:using:)``, in
  /// any order.
  ///
  /// - Returns: the ranges of their ids, in the order of the source; none if a side has unknown text.
  package func sharedNames(source: [TokenID], target: [TokenID]) -> [(source: Range<Int>, target: Range<Int>)]
  {
    guard !source.contains(vocabulary(.source).specialTokens.unknown),
      !target.contains(vocabulary(.target).specialTokens.unknown)
    else { return [] }
    let sourceWords = encodedWords(of: EncodedSentence(ids: source), side: .source)
    let targetWords = encodedWords(of: EncodedSentence(ids: target), side: .target)
    let places = uniquePlaces(targetWords)
    return uniquePlaces(sourceWords).sorted { $0.value < $1.value }.compactMap { word, place in
      guard let targetPlace = places[word], isNameLike(word) else { return nil }
      return (sourceWords[place].ids, targetWords[targetPlace].ids)
    }
  }

  /// The words of a sentence; a tag counts as a word without text, since there is nothing in it to copy.
  private func encodedWords(of sentence: EncodedSentence, side: Side) -> [EncodedWord] {
    let (tags, text) = cutTag(off: sentence, side: side)
    let segmentation = segmentation(side)
    var start = tags.count
    return tags.map { _ in EncodedWord(text: [], ids: 0..<1) }
      + segmentation.wordLengths(text).map { length in
        defer { start += Int(length) }
        let ids = start..<start + Int(length)
        return EncodedWord(text: segmentation.text(ofWord: sentence.ids[ids]), ids: ids)
      }
  }

  private func hide(_ hidden: Set<Int>, in words: [EncodedWord], of ids: [TokenID], side: Side)
    -> EncodedSentence
  {
    let unknown = vocabulary(side).specialTokens.unknown
    var sentence = EncodedSentence()
    for (place, word) in words.enumerated() {
      if hidden.contains(place) {
        sentence.ids.append(unknown)
        sentence.unknowns.append(UnknownText(bytes: word.text, continuesWord: false))
      } else {
        sentence.ids += ids[word.ids]
      }
    }
    return sentence
  }
}

/// A word's text and the range of its ids.
private struct EncodedWord {
  let text: [UInt8]
  let ids: Range<Int>
}

/// Words that occur once, with their positions.
private func uniquePlaces(_ words: [EncodedWord]) -> [[UInt8]: Int] {
  var places: [[UInt8]: Int] = [:]
  var repeated: Set<[UInt8]> = []
  for (place, word) in words.enumerated() where places.updateValue(place, forKey: word.text) != nil {
    repeated.insert(word.text)
  }
  return places.filter { !repeated.contains($0.key) }
}

/// Whether a word may be a name or a number: it has a digit, an uppercase letter, or letters of a script without case.
///
/// In lowercase text, long words count as names.
private func isNameLike(_ word: [UInt8]) -> Bool {
  let text = String(decoding: word, as: UTF8.self)
  let letters = text.filter(\.isLetter)
  return text.contains(where: \.isNumber) || letters.contains { !$0.isLowercase } || letters.count >= 5
}
