import Machine
import RandomNumbers

/// Trains a language identifier.
///
/// The same text and settings give the same weights, with any number of threads.
package struct LanguageTrainer: Sendable {
  /// Groups of letters with weights, at most, for scripts with forty languages or more.
  package var ngrams = 22000
  /// Pieces of text to learn from for each language, at most.
  package var pieces = 6000
  /// How often each piece is learned from.
  package var epochs = 6
  /// The rate of learning at the beginning; it decreases to 0.
  package var rate: Float = 0.3
  /// How much more each piece of a language with few of them counts: 0 as much as any other, 1 so that languages are equal.
  package var balance: Float = 0.4
  /// Decides what is random.
  package var seed: UInt64 = 1
  /// Scripts may be trained at the same time.
  package var threads = 1

  /// A trainer with the settings of the built-in identifier.
  package init() {}

  /// An identifier for the languages of texts.
  ///
  /// - Parameters:
  ///   - texts: each language once; those without letters are left out.
  ///   - report: called with a line for each script, from any thread.
  /// - Returns: the identifier.
  package func train(_ texts: [LanguageText], report: @escaping @Sendable (String) -> Void = { _ in })
    -> LanguageIdentifier
  {
    let families = ScriptFamilies()
    let texts = texts.sorted { $0.language < $1.language }
    let prepared = concurrentMap(texts, threads: threads) { prepare($0, families) }
    let numbers = families.names.indices.filter { family in prepared.contains { $0?.family == family } }
    let groups = concurrentMap(numbers, threads: threads) { family in
      train(prepared.compactMap { $0?.family == family ? $0 : nil }, families.names[family], report)
    }
    return LanguageIdentifier(groups: groups)
  }

  /// A language's pieces as fingerprints.
  struct PreparedText: Sendable {
    var language: String
    var family: Int
    var training: [[UInt32]]
    var heldOut: [[UInt32]]
  }

  /// Cuts text into pieces; nil if it has no letters.
  private func prepare(_ text: LanguageText, _ families: ScriptFamilies) -> PreparedText? {
    var generator = SplitMix64(state: text.language.utf8.reduce(seed) { SplitMix64.mix($0 ^ UInt64($1)) })
    let lines = text.training.map { LetterText($0, families) }
    guard let family = ScriptFamilies.mostFrequent(lines) else { return nil }
    func fingerprints(_ lines: [[UInt8]], _ count: Int) -> [[UInt32]] {
      textPieces(lines, count: count, &generator).compactMap { piece in
        let letters = LetterText(piece, families)
        guard 2 * letters.weights[family] > letters.weight else { return nil }
        var found: [UInt32] = []
        Ngrams.forEach(letters, family) { found.append($0) }
        return found
      }
    }
    let (training, heldOut) = (fingerprints(text.training, pieces), fingerprints(text.heldOut, pieces / 20))
    guard !training.isEmpty else { return nil }
    return PreparedText(language: text.language, family: family, training: training, heldOut: heldOut)
  }

  /// Learns to tell languages of the same scripts apart.
  private func train(_ texts: [PreparedText], _ scripts: [String], _ report: @Sendable (String) -> Void)
    -> ScriptGroup
  {
    let languages = texts.map(\.language)
    guard languages.count > 1 else {
      report("\(scripts.joined(separator: " ")): \(languages.joined(separator: " "))")
      return ScriptGroup(scripts: scripts, languages: languages, fingerprints: [], scales: [0], weights: [])
    }
    let limit = min(ngrams, max(ngrams / 4, ngrams * languages.count / 40))
    let chosen = chosenNgrams(texts.map(\.training), limit: limit)
    let index = NgramIndex(chosen)
    var examples: [LanguageExample] = []
    for (label, text) in texts.enumerated() {
      examples += text.training.map { LanguageExample($0, index, label: label) }
    }
    let mean = Float(examples.count) / Float(languages.count)
    let importance = texts.map { exponent(mean / Float($0.training.count), balance) }
    var classifier = LanguageClassifier(languages: languages.count, rows: chosen.count)
    var generator = SplitMix64(state: scripts.joined().utf8.reduce(seed) { SplitMix64.mix($0 ^ UInt64($1)) })
    for epoch in 0..<epochs {
      var loss = 0.0
      for (step, place) in examples.indices.shuffled(using: &generator).enumerated() {
        let progress = (Float(epoch) + Float(step) / Float(examples.count)) / Float(epochs)
        loss += Double(
          classifier.learn(
            examples[place], importance: importance[examples[place].label],
            rate: rate * max(0.02, 1 - progress)))
      }
      report(
        "\(scripts.joined(separator: " ")): epoch \(epoch + 1), loss \(Float(loss / Double(examples.count)))")
    }
    var heldOut: [LanguageExample] = []
    for (label, text) in texts.enumerated() {
      heldOut += text.heldOut.map { LanguageExample($0, index, label: label) }
    }
    let temperature = bestTemperature(classifier, heldOut)
    report(
      "\(scripts.joined(separator: " ")): \(languages.joined(separator: " ")); "
        + "\(examples.count) pieces, \(chosen.count) groups of letters, temperature \(temperature)")
    let (weights, scales) = classifier.rounded(rows: chosen.count)
    return ScriptGroup(
      scripts: scripts, languages: languages, fingerprints: chosen,
      scales: scales.map { $0 / temperature }, weights: weights)
  }
}
