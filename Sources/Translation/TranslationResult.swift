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
    /// Whether it replaces a translation that repeated itself again and again, or repeats itself.
    public internal(set) var repetition = Hypothesis.Repetition.none
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
  /// Number of pieces in which the line was translated; 0 for a blank line.
  public var pieces: Int

  /// The best translation.
  public var text: String { alternatives.first?.text ?? "" }

  package init(
    lineNumber: Int, alternatives: [Alternative], wasRepaired: Bool, tagIsText: Bool = false,
    isShort: Bool = false, pieces: Int
  ) {
    (self.lineNumber, self.alternatives) = (lineNumber, alternatives)
    (self.wasRepaired, self.tagIsText, self.isShort, self.pieces) = (wasRepaired, tagIsText, isShort, pieces)
  }
}
