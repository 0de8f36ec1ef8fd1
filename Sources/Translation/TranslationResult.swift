public import Decoding

/// The translations of one line.
public struct TranslationResult: Sendable, Equatable {
  /// A token of a translation.
  public struct Token: Sendable, Equatable {
    /// The token as the vocabulary spells it; `</s>` at the end of each piece.
    public var text: String
    /// The natural logarithm of its probability.
    public var logProbability: Double
  }

  /// A word of a translation, or one that may be at the place of ``SourceLine/alternativesAt``.
  public struct Word: Sendable, Equatable {
    /// The word, its beginning included; "" if the translation ends there.
    public var text: String
    /// Its probability, given the source and what comes before, from 0 to 1.
    public var probability: Double
    /// The probability that a reference translation has it; nil unless ``TranslationRequest/reportsConfidence`` is set.
    public internal(set) var confidence: Double?
  }

  /// One translation of the line.
  public struct Alternative: Sendable, Equatable {
    /// The translation as plain text.
    public var text: String
    /// The score by which translations of a line are ranked, computed for the line as a whole.
    public var score: Double
    /// Natural logarithm of the translation's probability.
    public var logProbability: Double
    /// Whether it was cut at the maximum length, so that its end may be missing.
    public var reachedLimit: Bool
    /// The terms of the source, in order, each with the form that the translation has; empty without a glossary.
    public internal(set) var terms: [TermResult] = []
    /// The protected spans of the source, in order, with what became of them.
    public internal(set) var protected: [ProtectedResult] = []
    /// The number of predictions: tokens, and `</s>` for each piece.
    public internal(set) var length = 0
    /// Its tokens; empty unless ``TranslationRequest/reportsTokens`` is set, and if the search computes no scores.
    public internal(set) var tokens: [Token] = []
    /// Its words with their probabilities; empty unless ``TranslationRequest/reportsConfidence`` is set.
    public internal(set) var words: [Word] = []
    /// The share of its words that a reference translation has, as far as the model can tell, from 0 to 1; nil unless
    /// ``TranslationRequest/reportsConfidence`` is set.
    public internal(set) var confidence: Double?
    /// Whether it replaces a translation that repeated itself again and again, or repeats itself.
    public internal(set) var repetition = Hypothesis.Repetition.none
    /// The word by which it differs from the others, if those at a place were asked for.
    public internal(set) var word: Word?
    /// Its expected utility, the mean chrF against all candidates, from 0 to 100, of several pieces their mean; nil unless
    /// ``TranslationRequest/minimumRisk`` is set.
    public internal(set) var utility: Double?
    /// Which source words its words come from; nil unless ``TranslationRequest/alignsWords`` is set.
    public internal(set) var alignment: TranslationAlignment?

    package init(text: String, score: Double, logProbability: Double, reachedLimit: Bool) {
      (self.text, self.score) = (text, score)
      (self.logProbability, self.reachedLimit) = (logProbability, reachedLimit)
    }
  }

  /// The line's number, counted from 1.
  public var lineNumber: Int
  /// The requested translations, best first or, if sampled, in the order in which they were drawn; at least one.
  public var alternatives: [Alternative]
  /// Whether the line was invalid UTF-8 and was repaired.
  public var wasRepaired: Bool
  /// Whether the line begins with a tag that was read as text, because ``TranslationRequest/sourceTag`` is set.
  public var tagIsText: Bool
  /// Whether the best translation is so short that a part of the line is probably missing.
  public var isShort: Bool
  /// Whether the line asked for a list: to rank several translations, or for the likely next words at a place.
  public var isList: Bool
  /// The time from the line's arrival to its translation, the wait for others of its batch included; nil unless
  /// ``TranslationRequest/reportsTiming`` is set.
  public internal(set) var duration: Duration?
  /// Number of pieces in which the line was translated; 0 for a blank line.
  public var pieces: Int

  /// The best translation.
  public var text: String { alternatives.first?.text ?? "" }

  package init(
    lineNumber: Int, alternatives: [Alternative], wasRepaired: Bool, tagIsText: Bool = false,
    isShort: Bool = false, isList: Bool = false, pieces: Int
  ) {
    (self.lineNumber, self.alternatives) = (lineNumber, alternatives)
    (self.wasRepaired, self.tagIsText, self.isShort, self.pieces) = (wasRepaired, tagIsText, isShort, pieces)
    self.isList = isList
  }
}
