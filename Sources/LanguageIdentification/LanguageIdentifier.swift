/// Says what language a text is in.
///
///     let guesses = LanguageIdentifier.builtIn.identify("Wo ist der nächste Bahnhof?")
///     print(guesses[0].language)  // de
///
/// The script of the letters decides which languages are possible; between those, groups of one to four letters decide, by
/// multinomial logistic regression. Numbers, punctuation, URLs, e-mail addresses and tags count for nothing. Case does not
/// matter.
public struct LanguageIdentifier: Sendable {
  /// The codes of all languages that it knows, in alphabetical order.
  public let languages: [String]

  /// Languages that share scripts.
  package let groups: [ScriptGroup]
  /// For each number of a script in ``CharacterTable``, its group.
  private let groupOfScript: [UInt8]

  /// Guesses with less confidence are left out, except the best one.
  public static let leastConfidence = 0.005

  package init(groups: [ScriptGroup]) {
    self.groups = groups
    languages = groups.flatMap(\.languages).sorted()
    groupOfScript = CharacterTable.shared.groups(of: groups.map(\.scripts))
  }

  /// The languages that a text may be in, the most probable one first.
  ///
  /// - Parameters:
  ///   - text: a sentence or more. Only the first ``longestText`` bytes are read.
  ///   - candidates: the languages that are possible; nil for all that are known. Probabilities are those under the
  ///     condition that the text is in one of them, as far as it is in their scripts.
  /// - Returns: nothing if the text has no letters in the script of a possible language.
  public func identify(_ text: String, among candidates: Set<String>? = nil) -> [LanguageGuess] {
    identify(Array(text.utf8.prefix(Self.longestText)), among: candidates)
  }

  /// The languages that a text may be in, the most probable one first; see ``identify(_:among:)-(String,_)``.
  ///
  /// - Parameters:
  ///   - bytes: text in UTF-8; invalid bytes count for nothing.
  ///   - candidates: the languages that are possible; nil for all that are known.
  /// - Returns: nothing if the text has no letters in the script of a possible language.
  public func identify(_ bytes: [UInt8], among candidates: Set<String>? = nil) -> [LanguageGuess] {
    let letters = LetterText(bytes, groupOfScript: groupOfScript, groups: groups.count)
    guard letters.count > 0 else { return [] }
    var guesses: [LanguageGuess] = []
    // The best one, in case that none has the least confidence.
    var best: LanguageGuess?
    for (number, group) in groups.enumerated() where letters.weights[number] > 0 {
      // A script with a twentieth of the letters names things: it is not worth the time.
      guard 20 * letters.weights[number] >= letters.weight || candidates != nil else { continue }
      let share = Double(letters.weights[number]) / Double(letters.weight)
      // A letter or two may be a name or a symbol in any language.
      let count = Double(letters.weights[number])
      let certainty = share * count / (count + 1)
      for (language, probability) in group.probabilities(letters, number, among: candidates) {
        let guess = LanguageGuess(language: language, confidence: certainty * probability)
        if guess.confidence >= Self.leastConfidence { guesses.append(guess) }
        if guess.confidence > best?.confidence ?? -1 { best = guess }
      }
    }
    // Equal guesses are in alphabetical order, so that results never depend on the sort.
    guesses.sort { ($1.confidence, $0.language) < ($0.confidence, $1.language) }
    return guesses.isEmpty ? [best].compactMap(\.self) : guesses
  }

  /// What is read of a text, in bytes: more does not change the result, except in a text of several languages.
  public static let longestText = 1 << 14
}
