import Corpora
import Testing
import Text
import Tokens
import Training
import TrainingSession

/// Translations of words in the source of training text.
@Suite struct TermTrainingTests {
  private func data(
    _ text: ToyText, share: Double = 1, spans: Double = 0, threads: Int = 2,
    _ change: (inout TrainingRequest) -> Void = { _ in }
  ) throws -> TrainingData {
    var request = text.request()
    (request.machine.threads, request.regularization.copyUnknowns) = (threads, 0)
    (request.regularization.annotateTerms, request.regularization.trainSpans) = (share, spans)
    change(&request)
    let pipeline = try text.pipeline
    let settings = try request.resolved(ResolutionContext(pipeline, folder: text.vocabulary))
    var data = try TrainingData(settings.corpora, pipeline: pipeline, room: nil) { _ in }
    _ = try data.prepareLinks { _, _ in }
    return data
  }

  /// The terms of a sentence with their translations.
  private func terms(_ ids: [TokenID], _ pipeline: TextPipeline) throws -> [(source: String, target: String)]
  {
    let marks = try #require(pipeline.vocabulary(.source).termMarks)
    func text(_ ids: ArraySlice<TokenID>) -> String {
      String(decoding: pipeline.decode(ids, side: .target), as: UTF8.self)
    }
    return try ids.indices.filter { ids[$0] == marks.opening }.map { start in
      let meaning = try #require(ids[start...].firstIndex(of: marks.meaning))
      let end = try #require(ids[meaning...].firstIndex(of: marks.closing))
      return (text(ids[(start + 1)..<meaning]), text(ids[(meaning + 1)..<end]))
    }
  }

  private static let translations = [
    "house": "Haus", "horse": "Pferd", "boat": "Boot", "book": "Buch", "bed": "Bett", "tree": "Baum",
    "dog": "Hund", "bird": "Vogel", "fish": "Fisch", "apple": "Apfel", "knife": "Messer", "spoon": "Gabel",
    "chair": "Stuhl", "table": "Tisch", "window": "Fenster", "door": "Tor", "garden": "Garten",
  ]
  private static let colors = [
    "blue": "blau", "green": "grün", "yellow": "gelb", "white": "weiß", "brown": "braun", "small": "klein",
    "warm": "lauwarm", "round": "rund", "wild": "unzahm", "deep": "tief", "poor": "arm", "loud": "laut",
  ]

  /// Pairs of rare words; adjectives have an ending of every third pair.
  private func rareWords() throws -> ToyText {
    let text = try ToyText(terms: true)
    let things = Self.translations.sorted { $0.key < $1.key }
    let colors = Self.colors.sorted { $0.key < $1.key }
    let lines = (0..<480).map { number in
      let (color, thing) = (colors[number % 12], things[number * 5 % 17])
      let ending = number / 12 % 3 == 0 ? "en" : "e"
      return ("the \(color.key) \(thing.key) here .", "das \(color.value)\(ending) \(thing.value) hier .")
    }
    try text.write(lines, "train")
    try text.learn(terms: true)
    return text
  }

  @Test func theSourceHasTranslationsOfWords() throws {
    let text = try rareWords()
    let pipeline = try text.pipeline
    let data = try data(text)
    var (several, right, all) = (0, 0, 0)
    for (index, pair) in data.trainedPairs().enumerated() {
      let plain = data.train[index]
      // The target, and the text of the source, are as they were.
      #expect(pair.target.contains(Array(plain.target)))
      #expect(
        pipeline.decode(pair.source, side: .source) == pipeline.decode(Array(plain.source), side: .source))
      let found = try terms(pair.source, pipeline)
      if found.count > 1 || found.contains(where: { $0.source.contains(" ") }) { several += 1 }
      let line = String(decoding: pipeline.decode(pair.target), as: UTF8.self)
      for term in found {
        #expect(line.contains(term.target), "\(term) \(line)")
        guard !term.source.contains(" "), let translation = Self.translations[term.source] else { continue }
        all += 1
        right += term.target == translation ? 1 : 0
      }
    }
    #expect(several > 100 && all > 100 && right * 10 > all * 8, "\(several) \(right) of \(all)")
  }

  @Test func theyDependOnEpochAndPairOnly() throws {
    let text = try ToyText(spans: 4, terms: true)
    let one = try data(text, share: 0.5, spans: 0.3)
    let two = try data(text, share: 0.5, spans: 0.3, threads: 1)
    let pipeline = try text.pipeline
    let marks = try #require(pipeline.vocabulary(.source).termMarks)
    let (first, again) = (one.trainedPairs(), two.trainedPairs())
    #expect(first.map(\.source) == again.map(\.source))
    #expect(first.map(\.source) != one.trainedPairs(epoch: 2).map(\.source))
    let share = Double(first.count { $0.source.contains(marks.opening) }) / Double(first.count)
    #expect(0.3..<0.6 ~= share, "\(share)")
    // A span token is never a term.
    for pair in first {
      for (index, id) in pair.source.enumerated() where pipeline.vocabulary(.source).isSpan(id) {
        #expect(index == 0 || pair.source[index - 1] != marks.opening)
      }
    }
  }

  @Test func noSentenceBecomesTooLong() throws {
    let text = try ToyText(terms: true)
    let data = try data(text) { $0.batches.maxLength = 14 }
    for (index, pair) in data.trainedPairs().enumerated() where !pair.source.isEmpty {
      #expect(pair.source.count <= max(15, data.train[index].source.count + 1))
    }
  }

  /// Of several forms of a translation, half are written in the most frequent one.
  @Test func usualFormsStandForOthers() throws {
    let text = try rareWords()
    let pipeline = try text.pipeline
    let data = try data(text)
    var counts: [String: Int] = [:]
    for pair in data.trainedPairs() {
      let words = String(decoding: pipeline.decode(pair.target), as: UTF8.self).split(separator: " ")
      for term in try terms(pair.source, pipeline) where Self.colors[term.source] != nil {
        let forms = [term.target, String(words[1])].map { $0.hasSuffix("en") ? "en" : "e" }
        counts["\(forms[0]) for \(forms[1])", default: 0] += 1
      }
    }
    #expect(counts["e for e", default: 0] > 40 && counts["en for e", default: 0] == 0, "\(counts)")
    #expect(counts["e for en", default: 0] > 10 && counts["en for en", default: 0] > 10, "\(counts)")
  }

  @Test func theVocabularyNeedsMarks() async throws {
    let text = try ToyText()
    var request = text.request()
    request.regularization.annotateTerms = 0.2
    let session = try TrainingSession(request)
    let error = await #expect(throws: TrainingRequestError.self) { try await session.run() }
    #expect("\(try #require(error))".contains("--term-marks"))
  }
}
