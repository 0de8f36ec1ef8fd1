/// The three parts of the corpus.
struct Corpus: Sendable {
  var train: [SentencePair] = []
  var valid: [SentencePair] = []
  var test: [SentencePair] = []
  /// English sentences of the generated stock that share their German translation with another one.
  var sharedTranslations = 0

  static let validCount = 500
  static let testCount = 1000
  /// How often each word form of a held-out sentence must occur in train.
  static let formsSeen = 2

  /// Makes `pairs` pairs for train, and those held out.
  ///
  /// - Throws: `CorpusError.ambiguous` if one English sentence has two German ones.
  init(seed: UInt64, pairs: Int) throws(CorpusError) {
    guard Lexicon.unknownTags.isEmpty else { throw .unknownTags(Lexicon.unknownTags) }
    var stock = Stock(seed: seed)
    train = try stock.take(pairs) { _ in true }
    var counts: [String: Int] = [:]
    for form in train.flatMap(\.forms) { counts[form, default: 0] += 1 }
    let known: (SentencePair) -> Bool = { pair in
      pair.forms.allSatisfy { counts[$0, default: 0] >= Self.formsSeen }
    }
    valid = try stock.take(Self.validCount, where: known)
    test = try stock.take(Self.testCount, where: known)
    sharedTranslations = stock.sharedTranslations
  }
}

/// Makes pairs that have not been made before.
private struct Stock {
  private var composer: Composer
  private var constructions: [Construction] = []
  private var germanOf: [String: String] = [:]
  private var germans: Set<String> = []
  private(set) var sharedTranslations = 0

  init(seed: UInt64) {
    composer = Composer(random: RandomSource(seed: seed))
    for construction in Construction.all {
      constructions += Array(repeating: construction, count: construction.weight)
    }
  }

  mutating func take(
    _ count: Int, where isWanted: (SentencePair) -> Bool
  ) throws(CorpusError) -> [SentencePair] {
    var pairs: [SentencePair] = []
    var attempts = 0
    while pairs.count < count {
      attempts += 1
      guard attempts < 50 * count + 1000 else {
        throw .exhausted(wanted: count, found: pairs.count)
      }
      guard let pair = try next(), isWanted(pair) else { continue }
      pairs.append(pair)
    }
    return pairs
  }

  /// Nil for a sentence that already occurred, on either side, or that is too long or too short.
  private mutating func next() throws(CorpusError) -> SentencePair? {
    let construction = composer.pick(constructions)
    let sentence = construction.compose(&composer)
    let pair = SentencePair(
      english: EnglishSentences.text(sentence), german: GermanSentences.text(sentence),
      construction: construction.name)
    if let german = germanOf[pair.english] {
      guard german == pair.german else { throw .ambiguous(pair.english, german, pair.german) }
      return nil
    }
    germanOf[pair.english] = pair.german
    guard germans.insert(pair.german).inserted else {
      sharedTranslations += 1
      return nil
    }
    return (3...25).contains(SentencePair.words(pair.english).count) ? pair : nil
  }
}
