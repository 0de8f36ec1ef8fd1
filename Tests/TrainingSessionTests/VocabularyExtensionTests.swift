import Files
import Foundation
import Models
import TestSupport
import Testing
import Text
import Tokens
import Training
import TrainingSession

/// Training further with a larger vocabulary.
@Suite struct VocabularyExtensionTests {
  /// A request that hardly changes the model that it starts from, with new characters in its text.
  private func request(_ text: ToyText, rate: Double = 1e-12, updates: Int = 1) throws -> TrainingRequest {
    let pairs = ToyText.pairs(0..<60).map { ("\($0.0) ŋə", "\($0.1) ŋə") }
    try text.write(pairs + ToyText.pairs(60..<120), "new")
    var request = text.request(model: "extended", updates: updates)
    request.architecture = ArchitectureRequest()
    (request.files.vocabulary, request.start.folder) = ("", text.folder("model"))
    (request.files.trainSource, request.files.trainTarget) = (
      [text.folder("new.en")], [text.folder("new.de")]
    )
    (request.schedule.learningRate, request.schedule.warmup) = (rate, 0)
    (request.start.extendVocabulary, request.start.extendTags) = ([StartRequest.automatic], ["<2xx>"])
    return request
  }

  private func train(_ request: TrainingRequest) async throws -> [TrainingNotice] {
    let events = Events()
    _ = try await TrainingSession(request).run(observe: events.add)
    return events.notices
  }

  private static let tyings: [EmbeddingTying] = [.all, .none]

  @Test(arguments: tyings) func whatItKnewStays(tying: EmbeddingTying) async throws {
    let text = try ToyText()
    var first = text.request()
    first.architecture.tying = tying
    _ = try await train(first)
    let notices = try await train(request(text))
    #expect(
      notices.contains { "\($0)" == "tokens added to the vocabulary: 5 (<2xx> ŋ@@ ŋ ə@@ ə)" }, "\(notices)")
    let (old, new) = (
      try ModelFiles.read(folder: text.folder("model")), try ModelFiles.read(folder: text.folder("extended"))
    )
    let pipeline = try TextPipeline(folder: text.folder("extended"))
    #expect(pipeline.tags == ["<2xx>"])
    let count = try text.pipeline.vocabularySize(.target)
    #expect(pipeline.vocabularySize(.target) == count + 5)
    #expect(pipeline.encode(Array("<2xx> Anna ŋə".utf8), side: .source).unknowns.isEmpty)
    // The scores of all other tokens are those of before.
    let source = pipeline.encode(Array("Anna sees the house".utf8), side: .source).ids + [2]
    let scores = [old, new].map { model in
      var state = model.start(TokenBatch([source]))
      var scores: [Float] = []
      model.step([1], &state, scores: &scores)
      return scores
    }
    #expect(scores[1].count == count + 5)
    for id in 0..<count {
      #expect(abs((scores[1][id] - scores[1][0]) - (scores[0][id] - scores[0][0])) < 1e-5, "\(id)")
    }
    let start = try #require(
      try JSONSerialization.jsonObject(with: bytes(text.folder("extended/training.json"))) as? [String: Any])
    let added = try #require((start["initialized_from"] as? [String: Any])?["added"] as? [String: Any])
    #expect(added["source"] as? [String] == ["<2xx>", "ŋ@@", "ŋ", "ə@@", "ə"])
    #expect(added["asked"] as? [String] == ["<2xx>", "auto"] && added["minimum_count"] as? Int == 5)
  }

  @Test func itResumesToTheSameBits() async throws {
    let text = try ToyText()
    _ = try await train(text.request())
    var request = try request(text, rate: 1e-3, updates: 6)
    request.files.model = text.folder("whole")
    _ = try await train(request)
    request.files.model = text.folder("parts")
    request.stopping.maxUpdates = 3
    _ = try await train(request)
    // Neither the model nor the list of characters is needed.
    try FileManager.default.moveItem(atPath: text.folder("model"), toPath: text.folder("moved"))
    (request.files.resume, request.stopping.maxUpdates) = (true, 6)
    _ = try await train(request)
    #expect(
      try TrainingSessionTests().weights(text.folder("whole/checkpoints/last.safetensors"))
        == TrainingSessionTests().weights(text.folder("parts/checkpoints/last.safetensors")))
    request.start.extendTags = []
    let other = request
    let error = await #expect(throws: TrainingRequestError.self) { try await train(other) }
    #expect("\(try #require(error))".contains("give the same '--extend-vocab'"))
  }

  @Test func tokensOfAFileAreAdded() async throws {
    let text = try ToyText()
    _ = try await train(text.request())
    var request = try request(text)
    try Data("Kubernetes\n\nhouse\n".utf8).write(to: URL(filePath: text.folder("words.txt")))
    (request.start.extendVocabulary, request.start.extendTags) = ([text.folder("words.txt")], [])
    _ = try await train(request)
    let pipeline = try TextPipeline(folder: text.folder("extended"))
    #expect(pipeline.encode(Array("Kubernetes".utf8), side: .source).ids.count == 1)
    try Data("two words\n".utf8).write(to: URL(filePath: text.folder("words.txt")))
    request.files.overwrite = true
    let other = request
    let error = await #expect(throws: FileError.self) { try await train(other) }
    #expect("\(try #require(error))".contains("one token on a line"))
  }

  @Test(
    arguments: [
      (
        "needs '--initialize-from'",
        { @Sendable (request: inout TrainingRequest) in
          (request.files.vocabulary, request.start.folder) = ("vocab", nil)
        }
      ),
      ("leave out '--vocab'", { $0.files.vocabulary = "vocab" }),
      ("'--freeze embeddings' keeps", { $0.start.freeze = [.embeddings] }),
      ("is not a tag", { $0.start.extendTags = ["de"] }),
      ("given twice", { $0.start.extendTags = ["<a>", "<a>"] }),
      ("needs '--extend-vocab auto'", { ($0.start.extendVocabulary, $0.start.extendCount) = ([], 3) }),
      ("'--extend-vocab' names a file", { $0.start.extendVocabulary = ["-"] }),
    ] as [(String, @Sendable (inout TrainingRequest) -> Void)])
  func contradictionsAreRefused(words: String, change: @Sendable (inout TrainingRequest) -> Void) throws {
    var request = TrainingRequestTests.sound()
    (request.files.vocabulary, request.start.folder) = ("", "model")
    (request.start.extendVocabulary, request.start.extendTags) = (["auto"], ["<2xx>"])
    change(&request)
    let refused = request
    let error = #expect(throws: TrainingRequestError.self) { try refused.validate() }
    #expect("\(try #require(error))".contains(words))
  }

  /// New rows are the mean of those that spelled them; the noise of others is small.
  @Test func rowsAreMeans() {
    let rows = AddedRows(spellings: [.source: [[0, 2], [], []], .target: []], seed: 1)
    let table: [Float] = [1, 2, 3, 4, 5, 6]
    let extended = rows.extended(table, columns: 2, .source, stream: 0)
    #expect(Array(extended[..<6]) == table && Array(extended[6..<8]) == [3, 4])
    #expect(abs(extended[8] - 3) < 1.5 && abs(extended[9] - 4) < 1.5 && extended[8] != extended[10])
    #expect(rows.extended(table, columns: 2, .target, stream: 0) == table)
    #expect(rows.extended([1, 2, 6], columns: 1, .source, stream: 0) == [1, 2, 6, 3.5, 3, 3])
    #expect(AddedRows.side(of: "model.encoder.embed_tokens.weight") == .source)
    #expect(AddedRows.side(of: "lm_head.weight") == .target)
  }
}
