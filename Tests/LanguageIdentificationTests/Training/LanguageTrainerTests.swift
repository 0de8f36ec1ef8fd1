import LanguageIdentification
import RandomNumbers
import Testing

@Suite struct LanguageTrainerTests {
  /// Lines of two invented languages with the same letters in other words, and one in another script.
  static func texts() -> [LanguageText] {
    let words = [
      "xa": ["maro", "telin", "soru", "kapeli", "dasu"], "xb": ["romat", "nilet", "rusot", "lipak", "sudan"],
      "xc": ["μαρο", "τελιν", "σορυ"],
    ]
    return words.keys.sorted().map { language in
      var generator = SplitMix64(state: UInt64(language.utf8.count + Int(language.utf8.last ?? 0)))
      let lines = (0..<400).map { _ in
        (0..<6).compactMap { _ in words[language]?.randomElement(using: &generator) }.joined(separator: " ")
      }.map { Array($0.utf8) }
      return LanguageText(language: language, training: Array(lines.dropLast(40)), heldOut: lines.suffix(40))
    }
  }

  var trainer: LanguageTrainer {
    var trainer = LanguageTrainer()
    (trainer.ngrams, trainer.pieces, trainer.epochs) = (200, 100, 3)
    return trainer
  }

  @Test func learnsInventedLanguages() {
    let identifier = trainer.train(Self.texts())
    #expect(identifier.languages == ["xa", "xb", "xc"])
    #expect(identifier.identify("maro kapeli telin").first?.language == "xa")
    #expect(identifier.identify("sudan romat lipak").first?.language == "xb")
    #expect(identifier.identify("σορυ μαρο").map(\.language) == ["xc"])
  }

  @Test func theSameTextGivesTheSameBytes() {
    var threaded = trainer
    threaded.threads = 3
    let bytes = trainer.train(Self.texts()).fileContents
    #expect(threaded.train(Self.texts().reversed()).fileContents == bytes)
    var other = trainer
    other.seed = 2
    #expect(other.train(Self.texts()).fileContents != bytes)
  }

  @Test func textWithoutLettersIsLeftOut() {
    let texts = Self.texts() + [LanguageText(language: "xd", training: [Array("123".utf8), []])]
    #expect(trainer.train(texts).languages == ["xa", "xb", "xc"])
  }

  @Test func derivativesAreThoseOfTheLoss() {
    var generator = SplitMix64(state: 3)
    var classifier = LanguageClassifier(languages: 11, rows: 5)
    for row in 0..<5 {
      for language in 0..<11 { classifier[row, language] = Float.random(in: -1...1, using: &generator) }
    }
    let example = LanguageExample(rows: [0, 2, 3], values: [0.5, 1.5, 0.25], label: 9)
    for (row, value) in zip(example.rows, example.values) {
      for language in 0..<11 {
        _ = classifier.loss(example)
        let derivative = value * classifier.error(language)
        var (above, below) = (classifier, classifier)
        above[Int(row), language] += 0.01
        below[Int(row), language] -= 0.01
        let slope = (above.loss(example) - below.loss(example)) / 0.02
        #expect(abs(slope - derivative) < 1e-3)
      }
    }
  }

  @Test func learningDecreasesTheLoss() {
    var classifier = LanguageClassifier(languages: 3, rows: 2)
    let example = LanguageExample(rows: [0, 1], values: [1, 0.5], label: 1)
    let first = classifier.learn(example, importance: 1, rate: 0.1)
    #expect(abs(first - 1.0986123) < 1e-5)
    for _ in 0..<10 { _ = classifier.learn(example, importance: 1, rate: 0.1) }
    #expect(classifier.loss(example) < first / 2)
    #expect(classifier[0, 1] > 0 && classifier[0, 0] < 0)
  }

  @Test func temperatureFlattensWrongCertainty() {
    var classifier = LanguageClassifier(languages: 2, rows: 1)
    classifier[0, 0] = 8
    // Of ten examples with the same evidence, seven are of the first language.
    let examples = (0..<10).map { LanguageExample(rows: [0], values: [1], label: $0 < 7 ? 0 : 1) }
    let temperature = bestTemperature(classifier, examples)
    // 8 / 8 is the closest of the grid to log(7 / 3).
    #expect(temperature == 8)
    #expect(bestTemperature(classifier, []) == 1)
  }

  @Test func piecesHaveEachLineOnce() {
    var generator = SplitMix64(state: 1)
    let lines = (0..<500).map { Array("line\($0)x".utf8) }
    let pieces = textPieces(lines, count: 1000, &generator)
    let words = pieces.flatMap { $0.split(separator: 0x20).map(Array.init) }
    #expect(Set(words).count == words.count)
    #expect(Set(words).isSubset(of: lines))
    #expect(pieces.allSatisfy { $0.count >= 15 && $0.count < 140 })
    #expect(textPieces(lines, count: 7, &generator).count == 7)
  }
}
