import TestSupport
import Testing
import Training
import TrainingSession

/// The library and the command are the same training.
@Suite struct SessionTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  /// What ``Fixture/trainingArguments(model:updates:)`` says, as a Swift program says it.
  private func request(model: String, updates: Int) -> TrainingRequest {
    var request = TrainingRequest(vocabulary: fixture.vocabulary, model: model)
    (request.files.trainSource, request.files.trainTarget) = ([fixture.trainSource], [fixture.trainTarget])
    (request.files.validSource, request.files.validTarget) = ([fixture.validSource], [fixture.validTarget])
    request.architecture.preset = .tiny
    (request.architecture.encoderLayers, request.architecture.decoderLayers) = (1, 1)
    (request.architecture.size, request.architecture.innerSize) = (32, 64)
    request.architecture.heads = 2
    request.batches.tokens = 512
    (request.schedule.learningRate, request.schedule.warmup) = (0.01, 20)
    (request.machine.threads, request.machine.shards) = (2, 2)
    (request.stopping.maxUpdates, request.stopping.validateEvery) = (updates, .updates(30))
    return request
  }

  @Test func aProgramTrainsAsTheCommandDoes() async throws {
    var request = request(model: folder("library"), updates: 30)
    (request.regularization.bpeDropout, request.regularization.rDrop) = (0.1, 2)
    let arguments = fixture.trainingArguments(model: folder("command"), updates: 30)
    let options = ["--bpe-dropout", "0.1", "--r-drop", "2"]
    try expectSuccess(Command.trainTranslation.run(arguments + options))
    let outcome = try await TrainingSession(request).run()
    #expect(outcome.end == .maxUpdates && outcome.best?.update == 30)
    let (library, command) = try (
      tensors(folder("library/model.safetensors")), tensors(folder("command/model.safetensors"))
    )
    #expect(!library.isEmpty && library == command)
  }
}
