import Confidence
import Decoding
import Foundation
import Text

/// A word of a translation, and how sure it is.
public struct TranslationWord: Sendable, Equatable {
  /// Its text.
  public var text: String
  /// The product of the probabilities of its tokens, given the words before.
  public var probability: Double
  /// The probability that a reference translation has it; nil if the model was not calibrated.
  public var confidence: Double?

  init(text: String, probability: Double) { (self.text, self.probability) = (text, probability) }
}

extension TextPipeline {
  /// The words of a translation; nil if its search computed no scores.
  func words(of hypothesis: Hypothesis, unknowns: [UnknownText]) -> [TranslationWord]? {
    guard hypothesis.tokenLogProbabilities.count >= hypothesis.tokens.count else { return nil }
    let sentence = EncodedSentence(ids: hypothesis.tokens, unknowns: unknowns)
    var rest = hypothesis.tokenLogProbabilities[...]
    return zip(wordTexts(sentence, side: .target), wordLengths(sentence, side: .target)).map { text, length in
      defer { rest = rest.dropFirst(Int(length)) }
      return TranslationWord(
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
