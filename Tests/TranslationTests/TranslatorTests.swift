import Decoding
import Testing
import Text
import Tokens
import Translation

@Suite struct TranslatorTests {
  @Test func linesComeBackInOrder() throws {
    let lines = manyLines(300)
    let results = try makeTranslator().translate(lines)
    #expect(results.map(\.text) == lines)
    #expect(results.map(\.lineNumber) == Array(1...300))
    #expect(results.allSatisfy { $0.alternatives.count == 1 && !$0.wasRepaired })
  }

  /// Models of other toolkits may have learned from source sentences without an end token.
  @Test func sourcesMayHaveNoEnd() throws {
    let segmentation = try #require(samplePipeline.segmentation(.source) as? WhitespaceBytePairs)
    var settings = samplePipeline.settings
    settings.endsSource = false
    let pipeline = TextPipeline(
      settings: settings, encoding: segmentation.encoding, vocabulary: segmentation.vocabulary)
    var model = CopyModel(pipeline)
    model.endsSource = false
    let results = try makeTranslator(model, pipeline).translate(sampleLines)
    #expect(try results.map(\.text) == makeTranslator().translate(sampleLines).map(\.text))
    let end = pipeline.specialTokens.end
    #expect(model.record.sources.count >= 8 && model.record.sources.allSatisfy { $0.last != end })
  }

  @Test(arguments: [1, 7, 64], [1, 2, 3])
  func resultsDependNeitherOnBatchesNorOnThreads(batchSize: Int, threads: Int) throws {
    let lines = manyLines(150)
    for sampling in [nil, Sampling(temperature: 1.5, seed: 3)] {
      let expected = try makeTranslator {
        $0.request.search.nBest = 3
        $0.request.search.sampling = sampling
        $0.options.threads = 1
        $0.options.batchTokens = 1
      }.translate(lines)
      let found = try makeTranslator {
        $0.request.search.nBest = 3
        $0.request.search.sampling = sampling
        ($0.options.batchSize, $0.options.threads) = (batchSize, threads)
        $0.options.batchTokens = 300
      }.translate(lines)
      #expect(found == expected)
      #expect(found.count { $0.alternatives.count == 3 } > 100)
    }
  }

  @Test func batchesKeepTheirLimits() throws {
    let model = CopyModel(samplePipeline)
    let translator = try makeTranslator(model) {
      $0.options.batchSize = 5
      $0.request.sentenceSplitting = .never
    }
    _ = try translator.translate(manyLines(100))
    let lines = manyLines(100).count { !$0.isEmpty }
    #expect(model.record.batches.reduce(0, +) == lines)
    #expect(model.record.batches.allSatisfy { $0 <= 5 })
    // An idle thread may start before a batch is full.
    #expect(model.record.batches.count <= lines / 2)
  }

  @Test(arguments: ["", " ", "\t \u{3000}", "\r\u{b} "])
  func blankLineStaysEmpty(line: String) throws {
    let results = try makeTranslator().translate([line, "yes", line])
    #expect(results.map(\.text) == ["", "yes", ""])
    #expect(results.map(\.pieces) == [0, 1, 0])
  }

  @Test func nothingGivesNothing() throws {
    #expect(try makeTranslator().translate([]).isEmpty)
  }

  @Test func unknownTextPassesThrough() throws {
    let lines = ["the 東京 station", "☃", "a ☃☃ b ж c"]
    #expect(try makeTranslator().translate(lines).map(\.text) == lines)
  }

  @Test func nBestIsSortedByScore() throws {
    let translator = try makeTranslator { $0.request.search.nBest = 5 }
    for result in try translator.translate(manyLines(50)) where result.pieces > 0 {
      #expect(result.alternatives.count == 5)
      let scores = result.alternatives.filter { !$0.reachedLimit }.map(\.score)
      #expect(scores == scores.sorted(by: >))
      #expect(Set(result.alternatives.map(\.text)).count > 1)
    }
  }

  @Test func damagedModelIsReportedWithTheLine() throws {
    var model = CopyModel(samplePipeline)
    model.poison = try #require(samplePipeline.encode(Array("?".utf8), side: .source).ids.first)
    let translator = try makeTranslator(model)
    #expect(throws: TranslationError.damagedModel(line: 3)) { try translator.translate(sampleLines) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let message: String
    let change: @Sendable (inout Setup) -> Void
    var testDescription: String { message }
  }

  static let cases = [
    Case(message: "number of threads is 0; expected a whole number from 1 to 1024") {
      $0.options.threads = 0
    },
    Case(message: "batch size is -1; expected a whole number from 1 to 100000") { $0.options.batchSize = -1 },
    Case(message: "batch tokens is 0; expected a whole number from 1 to 10000000") {
      $0.options.batchTokens = 0
    },
    Case(message: "maximum source length is 0; expected a whole number from 1 to 100000") {
      $0.request.maxSourceLength = 0
    },
    Case(message: "draft threshold is nan; expected a number from -1000 to 0") {
      $0.request.draftThreshold = .nan
    },
    Case(message: "beam size is 0; expected a whole number from 1 to 1000") {
      $0.request.search.beamSize = 0
    },
  ]

  @Test(arguments: cases)
  func wrongOptionIsExplained(_ item: Case) {
    #expect { try makeTranslator(with: item.change) } throws: { "\($0)" == item.message }
  }
}
