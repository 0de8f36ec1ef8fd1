import Confidence
import Decoding
import Foundation
import Text

extension TextPipeline {
  /// The words of a translation; nil if its search computed no scores.
  ///
  /// - Parameters:
  ///   - hypothesis: the translation.
  ///   - unknowns: the text of each `<unk>`.
  ///   - spans: the text of each span token.
  /// - Returns: as many as the translation has, with their probabilities.
  func words(of hypothesis: Hypothesis, unknowns: [UnknownText], spans: [UnknownText] = [])
    -> [TranslationResult.Word]?
  {
    guard hypothesis.tokenLogProbabilities.count >= hypothesis.tokens.count else { return nil }
    let sentence = EncodedSentence(ids: hypothesis.tokens, unknowns: unknowns, spans: spans)
    var rest = hypothesis.tokenLogProbabilities[...]
    return zip(wordTexts(sentence, side: .target), wordLengths(sentence, side: .target)).map { text, length in
      defer { rest = rest.dropFirst(Int(length)) }
      return TranslationResult.Word(
        text: text, probability: exp(rest.prefix(Int(length)).reduce(0) { $0 + Double($1) }))
    }
  }
}

extension ConfidenceMap {
  /// Gives a translation and its words their confidence.
  func apply(to translation: inout TranslationResult.Alternative) {
    // A blank line has no words; nor have searches without scores.
    guard !translation.words.isEmpty else { return }
    for index in translation.words.indices {
      translation.words[index].confidence = word(probability: translation.words[index].probability)
    }
    translation.confidence = sentence(words: translation.words.compactMap(\.confidence))
  }
}
