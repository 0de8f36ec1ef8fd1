import Decoding
import Serving
import Text
import Tokens
import Translation

/// A model that predicts the translation of each word in turn, and thinks all other words of its dictionary possible.
struct WordModel: StepwiseModel, Sendable {
  struct State: StepwiseState {
    var sources: [[TokenID]]
    /// The number of predictions so far, the same for all hypotheses.
    var place = 0
    var attention: [[Float]]?
    var keepsAttention = false

    mutating func select(_ survivors: [Int]) { sources = survivors.map { sources[$0] } }
    mutating func keepAttention() { keepsAttention = true }
  }

  let vocabularySize: Int
  let specialTokens: SpecialTokens
  let maxLength = 100
  private let translations: [TokenID: TokenID]

  init(_ pipeline: TextPipeline, _ words: [String: String]) {
    (vocabularySize, specialTokens) = (pipeline.vocabularySize(.target), pipeline.specialTokens)
    func id(_ word: String, _ side: TextPipeline.Side) -> TokenID {
      pipeline.encode(text: Array(word.utf8), side: side).ids[0]
    }
    translations = Dictionary(
      uniqueKeysWithValues: words.map { (id($0.key, .source), id($0.value, .target)) })
  }

  func start(_ source: TokenBatch) -> State {
    State(sources: (0..<source.count).map { Array(source[sentence: $0]) })
  }

  func step(_ last: [TokenID], _ state: inout State, scores: inout [Float]) {
    scores = []
    state.attention = state.keepsAttention ? [] : nil
    for source in state.sources {
      let place = min(state.place, source.count - 1)
      var own = [Float](repeating: -9, count: vocabularySize)
      for (rank, id) in translations.values.sorted().enumerated() { own[Int(id)] = Float(-rank) }
      own[Int(translations[source[place]] ?? source[place])] = 4
      scores += own
      state.attention?.append(source.indices.map { $0 == place ? 1 : 0 })
    }
    state.place += 1
  }
}

extension ServingFixture {
  /// A server whose models predict word by word, so that their searches can be guided.
  init(guided names: [String]) throws {
    store = try ServerStore()
    server = TranslationServer(
      try Self.graph(names),
      ModelPool { name in
        let pipeline = try Dictionaries.decoder(name).pipeline
        var options = TranslationOptions()
        options.threads = 2
        return try TranslationService(
          model: WordModel(pipeline, Dictionaries.words[name] ?? [:]), pipeline: pipeline, options: options)
      }, store: store)
  }
}
