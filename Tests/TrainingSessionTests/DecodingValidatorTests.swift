import Corpora
import Models
import Synchronization
import TestSupport
import Testing
import Text
import Training
import TrainingSession

@Suite struct DecodingValidatorTests {
  let text: ToyText
  let pipeline: TextPipeline
  let model: TrainedTransformer
  let events = Events()

  init() throws {
    text = try ToyText(pairs: 20)
    pipeline = try text.pipeline
    var configuration = ModelPreset.tiny.configuration(
      sourceVocabularySize: pipeline.vocabularySize(.source),
      targetVocabularySize: pipeline.vocabularySize(.target))
    (configuration.encoderLayers, configuration.decoderLayers, configuration.size) = (1, 1, 16)
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 1))
  }

  func scores(
    decodedTokens: Int = 64, threads: Int = 1, control: SessionControl = .init(),
    _ change: (inout ValidationRequest) -> Void
  ) throws -> (ValidationScores, ScoreSignatures) {
    var request = text.request()
    request.machine.threads = threads
    change(&request.validation)
    let settings = try request.resolved(ResolutionContext(pipeline, folder: text.vocabulary))
    let data = try TrainingData(settings.corpora, pipeline: pipeline, room: nil) { _ in }
    let validator = try DecodingValidator(
      settings.validation, corpus: data.valid, pipeline: pipeline, decodedTokens: decodedTokens,
      SessionMonitor(control, observe: events.add))
    return (try validator.validate(model, update: 7), validator.signatures)
  }

  @Test func onlyWhatIsAskedForIsMeasured() throws {
    let (perplexity, signatures) = try scores { $0.bestBy = .perplexity }
    #expect(perplexity.perplexity > 1 && perplexity.bleu == nil && perplexity.chrf == nil)
    #expect(signatures.bleu == nil && signatures.chrf == nil && signatures.script == nil)
    let (all, named) = try scores { ($0.bestBy, $0.metrics) = (.bleu, [.chrf]) }
    #expect(all.perplexity == perplexity.perplexity && all.bleu != nil && all.chrf != nil)
    #expect(named.bleu?.contains("tok:13a") ?? false)
  }

  @Test func scoresDoNotDependOnThreadsAndBatches() throws {
    let one = try scores { $0.metrics = [.chrf] }.0
    #expect(try scores(decodedTokens: 1024, threads: 3) { $0.metrics = [.chrf] }.0 == one)
  }

  @Test func theScriptGetsTheTextsAndTheUpdate() throws {
    let scored = try scores {
      $0.script =
        #"test "$(wc -l <"$1")" = 12 && test "$4" = 7 && cmp -s "$3" \#(text.folder("valid.de")) && echo 5.5"#
    }
    #expect(scored.0.script == 5.5 && events.notices.isEmpty)
  }

  @Test func aScriptThatFailsCostsItsScoreAndIsTold() throws {
    let scored = try scores { $0.script = "echo trouble >&2; exit 3 #" }
    #expect(scored.0.script == nil && scored.0.bleu != nil)
    #expect(
      events.notices == [.noScriptScore(update: 7, reason: "its exit code is 3; it said: trouble")])
  }

  /// Both while the loss is computed and while text is decoded.
  @Test(arguments: [ValidationMetric.perplexity, .bleu])
  func aValidationEndsWithTheSession(metric: ValidationMetric) throws {
    let control = SessionControl()
    control.stop()
    #expect(throws: ValidationInterrupted.self) { try scores(control: control) { $0.bestBy = metric } }
  }

  @Test func workIsCancelledByARequestBeforeAndDuringIt() {
    let control = SessionControl()
    let cancelled = Mutex(0)
    let count = { @Sendable in cancelled.withLock { $0 += 1 } }
    control.cancelling(by: count) {}
    #expect(cancelled.withLock { $0 } == 0)
    control.cancelling(by: count) { control.stop() }
    #expect(cancelled.withLock { $0 } == 1)
    control.cancelling(by: count) {}
    #expect(cancelled.withLock { $0 } == 2)
    control.stop()
    #expect(cancelled.withLock { $0 } == 2)
  }

  @Test func aScriptDoesNotOutliveTheSession() throws {
    let control = SessionControl()
    control.stop()
    #expect(throws: ValidationInterrupted.self) { try scores(control: control) { $0.script = "sleep 60" } }
  }
}
