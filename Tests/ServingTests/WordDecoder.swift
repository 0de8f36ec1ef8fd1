import Decoding
import Text
import Tokens
import Translation

/// A model that replaces each word by another: a dictionary.
struct WordDecoder: BatchDecoder {
  let vocabularySize: Int
  let specialTokens: SpecialTokens
  let maxLength = 1000
  private let translations: [TokenID: TokenID]
  private let count: Int

  init(_ pipeline: TextPipeline, _ words: [String: String], nBest: Int) {
    (vocabularySize, specialTokens) = (pipeline.vocabularySize(.target), pipeline.specialTokens)
    var translations: [TokenID: TokenID] = [:]
    for (source, target) in words {
      let (from, to) = (
        pipeline.encode(text: Array(source.utf8), side: .source).ids,
        pipeline.encode(text: Array(target.utf8), side: .target).ids
      )
      precondition(from.count == 1 && to.count == 1, "\(source): \(from), \(target): \(to)")
      translations[from[0]] = to[0]
    }
    (self.translations, count) = (translations, nBest)
  }

  func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    (0..<input.source.count).map { index in
      let tokens = input.source[sentence: index].filter { $0 != specialTokens.end }.map {
        translations[$0] ?? $0
      }
      // Alternatives are the same with fewer words.
      return (0..<count).map { rank in
        let kept = Array(tokens.dropLast(min(rank, tokens.count - 1)))
        return Hypothesis(
          tokens: kept, sums: HypothesisSums(logProbability: -Double(rank + 1), length: kept.count + 1),
          scoring: Scoring())
      }
    }
  }
}

/// Models between languages, with a few words each.
enum Dictionaries {
  static let words = [
    "en-de": ["house": "Haus", "dog": "Hund", "the": "das", "cat": "Katze"],
    "en-fr": ["house": "maison", "dog": "chien", "the": "la", "cat": "chat"],
    "de-en": ["Haus": "house", "Hund": "dog", "das": "the", "Katze": "cat"],
  ]

  /// The model with these words.
  static func decoder(_ name: String) throws -> (pipeline: TextPipeline, decoder: WordDecoder) {
    guard let words = words[name] else { throw TranslationError.notAutoregressive(folder: name) }
    var settings = TextPipelineSettings()
    settings.tokenizer = .icu
    let lines = words.flatMap { Array(repeating: "\($0.key) \($0.value) . , !", count: 5) }
    let counts = WordCounts(lines: lines.map { Array($0.utf8) })
    let encoding = BytePairEncoding.learn(from: counts, merges: 500)
    let pipeline = TextPipeline(
      settings: settings, encoding: encoding, vocabulary: Vocabulary(of: counts, encoding: encoding))
    return (pipeline, WordDecoder(pipeline, words, nBest: 3))
  }

  static func service(_ name: String) throws -> TranslationService {
    let (pipeline, decoder) = try decoder(name)
    var options = TranslationOptions()
    options.threads = 2
    return try TranslationService(decoder: decoder, pipeline: pipeline, options: options)
  }
}
