/// Samples, paradigms and statistics of the corpus, for proofreading.
enum CorpusReport {
  /// `count` pairs of each construction.
  static func sample(_ corpus: Corpus, _ count: Int) -> String {
    Construction.all.map { construction in
      let pairs = corpus.train.filter { $0.construction == construction.name }.prefix(count)
      return "## \(construction.name)\n"
        + pairs.map { "\($0.english)\n    \($0.german)" }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// The forms of every noun, verb and adjective, one lexeme a line.
  static var paradigms: String {
    let nouns = (Lexicon.nouns + Lexicon.places.map(\.noun)).map { noun in
      let forms: [(GrammaticalCase, GrammaticalNumber)] = [
        (.nominative, .singular), (.genitive, .singular), (.dative, .singular), (.dative, .plural),
      ]
      return "\(noun.english.singular), \(noun.english.plural): "
        + forms.map { noun.german.form($0.0, $0.1) }.joined(separator: ", ")
    }
    let verbs = (Lexicon.verbs + Lexicon.motions).map { verb in
      let singular = [Person.first, .familiar, .third].map {
        verb.german.present(Agreement(person: $0, number: .singular))
      }
      return
        "\(verb.english.infinitive), \(verb.english.past), \(verb.english.participle), \(verb.english.gerund): "
        + (singular + [verb.german.participle, verb.german.imperative + "!"]).joined(separator: ", ")
    }
    let adjectives = (Lexicon.adjectives + Lexicon.states + Lexicon.weather).map { adjective in
      let english = [Degree.positive, .comparative, .superlative].map(adjective.english.form)
      let german = [Degree.comparative, .superlative].flatMap(adjective.german.predicative)
      return (english + [adjective.german.attributive(.positive, ending: "en")] + german).joined(
        separator: ", ")
    }
    return (nouns + verbs + adjectives).joined(separator: "\n")
  }

  static func statistics(_ corpus: Corpus) -> String {
    let lexemes = lexemes
    let rows = lexemes.map { "| \($0.name) | \($0.count) |" }
    let all = corpus.train + corpus.valid + corpus.test
    let constructions = Construction.all.map { construction in
      let count = all.count { $0.construction == construction.name }
      return "| \(construction.name) | \(percent(count, of: all.count)) |"
    }
    let english = all.map { SentencePair.words($0.english).count }.sorted()
    let german = all.map { SentencePair.words($0.german).count }.sorted()
    return """
      | lexemes | count |
      | --- | ---: |
      \((rows + ["| all | \(lexemes.reduce(0) { $0 + $1.count }) |"]).joined(separator: "\n"))

      | words a sentence | shortest | median | 90 % | longest |
      | --- | ---: | ---: | ---: | ---: |
      | English | \(quantiles(english)) |
      | German | \(quantiles(german)) |

      \(vocabulary("English", all.map(\.english)))
      \(vocabulary("German", all.map(\.german)))
      English sentences dropped because another one has the same German: \(corpus.sharedTranslations)

      | construction | share |
      | --- | ---: |
      \(constructions.joined(separator: "\n"))
      """
  }

  private static var lexemes: [(name: String, count: Int)] {
    [
      ("nouns", Lexicon.nouns.count), ("places", Lexicon.places.count),
      ("verbs", Lexicon.verbs.count + Lexicon.motions.count),
      ("adjectives", Lexicon.adjectives.count + Lexicon.states.count + Lexicon.weather.count),
      (
        "adverbs",
        Lexicon.frequencies.count + Lexicon.perfectAdverbs.count + Lexicon.manners.count
          + Lexicon.comments.count
      ),
      ("times, weekdays, months", Lexicon.times.count + Lexicon.weekdays.count + Lexicon.months.count),
      ("names", Lexicon.names.count),
      ("cities and countries", Lexicon.cities.count + Lexicon.countries.count),
    ]
  }

  private static func quantiles(_ sorted: [Int]) -> String {
    [0, sorted.count / 2, sorted.count * 9 / 10, sorted.count - 1].map { "\(sorted[$0])" }.joined(
      separator: " | ")
  }

  private static func vocabulary(_ name: String, _ sentences: [String]) -> String {
    "\(name): \(Set(sentences.flatMap(SentencePair.words)).count) word forms"
  }

  private static func percent(_ part: Int, of whole: Int) -> String {
    let tenths = (part * 1000 + whole / 2) / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
