import CommandLineArguments
import Corpora
import Foundation
import Models
import Reporting
import Tensors
import Text
import Training

@main
struct TrainTranslation {
  static func main() {
    runCommand(TrainTranslationArguments.self) { try train($0) }
  }

  private static func train(_ arguments: TrainTranslationArguments) throws {
    let pipeline = try TextPipeline(folder: arguments.vocabulary)
    let configuration = try arguments.configuration(
      sourceVocabulary: pipeline.vocabularySize(.source), targetVocabulary: pipeline.vocabularySize(.target),
      isJoint: pipeline.isJoint)
    try ModelFolder.prepare(arguments)
    let interrupt = InterruptFlag()
    let data = try loadData(arguments, pipeline: pipeline)
    let trainer = Trainer(Transformer(configuration), options: trainerOptions(arguments))
    say("\(Readable.count(trainer.model.parameterCount)) parameters; \(matrixProductDescription())")
    let folder = ModelFolder(
      path: arguments.model, pipeline: pipeline, manifest: try TrainingManifest(arguments, data: data))
    let display = TrainingDisplay(arguments)
    var run = try TrainingRun(
      trainer: trainer, plan: plan(arguments, data: data, configuration: configuration),
      resuming: arguments.resume,
      validator: ValidationByDecoding(arguments, corpus: data.valid, pipeline: pipeline),
      batcher: { data.batcher(epoch: $0) }, saveModel: folder.save, shouldStop: { interrupt.isRaised },
      observe: display.show)
    defer { display.finish() }
    let end = try run.run()
    display.finish()
    conclude(end, state: run.state, arguments)
  }

  private static func loadData(_ arguments: TrainTranslationArguments, pipeline: TextPipeline) throws
    -> TrainingData
  {
    let bar = ProgressBar("pair", total: nil)
    defer { bar.finish() }
    let data = try TrainingData(arguments, pipeline: pipeline) { bar.update($0, "reading the corpus") }
    bar.finish()
    say("training text: \(data.train.report)")
    say("validation text: \(data.valid.report)")
    return data
  }

  private static func trainerOptions(_ arguments: TrainTranslationArguments) -> TrainerOptions {
    var options = TrainerOptions()
    options.seed = arguments.seed
    options.threads = arguments.threads
    options.shards = arguments.shards ?? arguments.threads
    options.labelSmoothing = Float(arguments.labelSmoothing)
    options.clipNorm = arguments.clipNorm
    options.averageDecay = Float(arguments.averageDecay)
    options.schedule = LearningRateSchedule(
      peak: arguments.peakLearningRate, warmup: arguments.warmupUpdates)
    options.optimizer.beta2 = Float(arguments.beta2)
    return options
  }

  private static func plan(
    _ arguments: TrainTranslationArguments, data: TrainingData, configuration: ModelConfiguration
  ) -> TrainingPlan {
    let shards = arguments.shards ?? arguments.threads
    var plan = TrainingPlan(
      folder: arguments.model,
      fingerprint: data.fingerprint(
        "\(words(configuration)), \(shards) shards, \(arguments.batchTokens) batch tokens, "
          + "seed \(arguments.seed)"))
    (plan.maxUpdates, plan.maxEpochs) = (arguments.maxUpdates, arguments.maxEpochs)
    plan.timeBudget = arguments.timeBudget?.inSeconds
    (plan.validateEvery, plan.patience) = (arguments.validateEvery, arguments.patience)
    (plan.logEvery, plan.checkpointEvery) = (arguments.logEvery, arguments.checkpointEvery.inSeconds)
    return plan
  }

  /// The architecture without its rates of dropout, which may change in the middle of a training.
  private static func words(_ model: ModelConfiguration) -> String {
    "\(model.size)/\(model.innerSize) \(model.encoderLayers)+\(model.decoderLayers) layers, \(model.heads) heads, "
      + "\(model.activation), \(model.normPlacement)-norm, tied embeddings: \(model.tying)"
  }

  private static func conclude(
    _ end: TrainingEnd, state: TrainingState, _ arguments: TrainTranslationArguments
  ) {
    let reason =
      switch end {
      case .maxUpdates: "all updates are done"
      case .maxEpochs: "all epochs are done"
      case .timeBudget: "the time is up"
      case .noProgress: "\(arguments.patience) validations in a row were no better"
      case .interrupted: "interrupted"
      case .diverged: "stopped: the gradient was no number 100 times in a row; try a lower --learning-rate"
      }
    say(
      "\(reason) after \(Readable.count(state.update)) updates, epoch \(state.newestEpoch), "
        + Readable.duration(state.seconds))
    if let best = state.best {
      let bleu = best.bleu.map { " and BLEU \(Readable.decimal($0, 2))" } ?? ""
      say(
        "best model: update \(Readable.count(state.bestUpdate)), valid perplexity "
          + "\(Readable.decimal(best.perplexity, 3))\(bleu), in '\(arguments.model)'")
    }
    if end == .interrupted { say("to go on, give the same command again with --resume") }
  }
}

/// A line for the person before the terminal.
func say(_ text: String) { Console.standardError.message(text) }
