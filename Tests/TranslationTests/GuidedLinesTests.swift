import Decoding
import Files
import FoundationEssentials
import Glibc
import Terminology
import Testing
import Text
import Tokens
import Translation

/// Lines that ask for something: beginnings of translations, whole translations, terms of their own.
@Suite struct GuidedLinesTests {
  @Test(arguments: [1, 5])
  func translationsBeginAsAsked(beam: Int) throws {
    let translator = try makeTranslator { $0.request.search.beamSize = beam }
    let wanted = [
      "the dog", "the do", "where is the r", "at nine o", "the cat ", "the train to the sea leaves at", "",
      " ", "h",
    ]
    let lines = wanted.map { prefix in
      var line = SourceLine("the cat sat on the mat . yes .")
      line.prefix = prefix
      return line
    }
    for (prefix, result) in zip(wanted, try translator.translate(guided: lines)) {
      let trimmed = prefix.split(separator: " ").joined(separator: " ")
      #expect(result.text.hasPrefix(trimmed), "'\(prefix)': \(result.text)")
      // A space after a word ends it.
      if prefix.hasSuffix("t ") { #expect(result.text.hasPrefix(prefix)) }
    }
  }

  @Test func withoutAPrefixNothingChanges() throws {
    let lines = sampleLines.map { text in
      var line = SourceLine(text)
      line.prefix = ""
      return line
    }
    let (guided, free) = (
      try makeTranslator().translate(guided: lines), try makeTranslator().translate(sampleLines)
    )
    // Scores need not be computed, and NaN is no number.
    #expect(guided.map(\.text) == free.map(\.text))
  }

  /// A given translation gets the sum of the log-probabilities that the model gives to its tokens one by one.
  @Test func givenTranslationsAreScored() throws {
    let model = CopyModel(samplePipeline)
    for beam in [1, 5] {
      let translator = try makeTranslator(model) {
        $0.request.search.beamSize = beam
        $0.request.reportsTokens = true
      }
      var line = SourceLine("the cat sat on the mat .")
      line.translation = "where is the dog ?"
      let best = try translator.translate(guided: [line])[0].alternatives[0]
      #expect(best.text == "where is the dog ?")
      let source = samplePipeline.encode(text: line.text, side: .source).ids + [model.specialTokens.end]
      let target = samplePipeline.encode(text: Array("where is the dog ?".utf8), side: .target).ids
      var state = model.start(TokenBatch([source]))
      var (last, sum, scores): (TokenID, Double, [Float]) = (model.specialTokens.beginning, 0, [])
      for token in target + [model.specialTokens.end] {
        model.step([last], &state, scores: &scores)
        let total = scores.reduce(0.0) { $0 + exp(Double($1)) }
        sum += Double(scores[Int(token)]) - log(total)
        last = token
      }
      #expect(abs(best.logProbability - sum) < 1e-4)
      #expect(best.length == target.count + 1 && best.tokens.count == target.count + 1)
      #expect(abs(best.tokens.reduce(0) { $0 + $1.logProbability } - sum) < 1e-4)
      #expect(best.tokens.last?.text == "</s>")
    }
  }

  @Test func linesHaveTermsOfTheirOwn() throws {
    var line = SourceLine("the cat sat on the mat .")
    line.terms = [.init(source: "cat", targets: ["river"])]
    let translator = try makeTranslator {
      $0.request.glossary = Glossary([.init(source: "cat", targets: ["dog"])])
    }
    let results = try translator.translate(guided: [line, SourceLine("a cat")])
    #expect(results[0].text.contains("river") && !results[0].text.contains("dog"))
    #expect(results[1].text.contains("dog"))
  }

  func read(_ text: String, _ format: LineFormat, companion: String? = nil) throws -> [TranslationResult] {
    let folder = try TemporaryFolder()
    try text.write(toFile: folder.path + "/in", atomically: true, encoding: .utf8)
    try companion?.write(toFile: folder.path + "/more", atomically: true, encoding: .utf8)
    var results: [TranslationResult] = []
    try makeTranslator().translate(
      LineReader(path: folder.path + "/in"), format: format,
      companion: companion == nil ? nil : CompanionLines(.prefixes, path: folder.path + "/more")
    ) { results += $0 }
    return results
  }

  @Test func linesAreReadInAllFormats() throws {
    let json = #"{"text": "a cat", "prefix": "the d", "glossary": {"cat": ["dog", "river"]}}"# + "\n"
    let results = try read(json + #"{"text":"yes"}"#, .json)
    #expect(results[0].text.hasPrefix("the d") && results[0].alternatives[0].terms.count == 1)
    #expect(results[1].text == "yes")
    let tabbed = try read("a cat\tthe d\nyes\n", .tabbed)
    #expect(tabbed.map { $0.text.prefix(5) } == ["the d", "yes"])
    let accompanied = try read("a cat\nyes\n", .text, companion: "the d\n\n")
    #expect(accompanied.map { $0.text.prefix(5) } == ["the d", "yes"])
  }

  @Test(arguments: [
    (#"{"text": 3}"#, #"another value of "text""#), (#"{"prefix": "a"}"#, #"no "text""#), ("cat", "no JSON"),
    (#"{"text": "a", "prefixes": "b"}"#, "the unknown key 'prefixes'"), ("[1]", "another JSON value"),
    (#"{"text": "a\nb"}"#, "a line end in its text"), ("", "no JSON"),
  ])
  func mistakesInJSONAreNamed(line: String, found: String) {
    #expect {
      try read(#"{"text":"yes"}"# + "\n" + line + "\n", .json)
    } throws: { error in
      guard case .invalidFormat(_, "line 2", let what, _, _)? = error as? FileError else { return false }
      return what == found
    }
  }

  @Test(arguments: [("a\nb\n", "x\n"), ("a\n", "x\ny\n")])
  func companionsMustHaveAsManyLines(text: String, companion: String) {
    #expect(throws: FileError.self) { try read(text, .text, companion: companion) }
  }
}
