import CommandLineArguments
import Corpora
import Formatting
import Foundation
import Machine
import Models
import Reporting
import Tensors
import Text
import Training

@main
struct TrainTranslation {
  static func main() {
    runCommand(TrainTranslationArguments.self) { arguments, given in
      var arguments = arguments
      arguments.given = given
      try train(arguments)
    }
  }

  private static func train(_ given: TrainTranslationArguments) throws {
    // Training and validation take turns with blocks of different sizes.
    returnFreedMemoryAtOnce()
    // From the start, since it ends a process that does not watch it; who sends it has not looked how far we are.
    let requests = InterruptFlag(watching: [.user])
    let (resolved, choices) = given.isAutomatic ? try AutomaticRecipe.resolve(given) : (given, [])
    var arguments = resolved
    guard !arguments.plan else { return }
    let start = try StartingModel.find(arguments)
    let pipeline = try start?.pipeline(arguments) ?? TextPipeline(folder: arguments.vocabulary)
    let configuration = try configuration(&arguments, start: start, pipeline: pipeline)
    try ModelFolder.prepare(arguments)
    let distillation = try Distillation.apply(&arguments)
    let data = try loadData(arguments, pipeline: pipeline, configuration)
    // What an interrupted run left, where it is to go on.
    let point = arguments.resume ? try resumePoint(arguments) : nil
    let before = point?.state
    let memory = try memoryPlan(arguments, configuration, before: before, data: data)
    let options = memory.options
    let trainer = try makeTrainer(arguments, configuration, options, start: start)
    say(
      "\(Readable.count(trainer.model.parameterCount)) parameters; \(matrixProductDescription())"
        + (options.precision == .float32 ? "" : "; training in \(options.precision)"))
    var validator = try ValidationByDecoding(
      arguments, corpus: data.valid, pipeline: pipeline, decodedTokens: memory.validationTokens)
    let folder = ModelFolder(
      path: arguments.model, pipeline: pipeline,
      manifest: try TrainingManifest(
        arguments, start: start, distillation: distillation, shards: options.shards, data: data,
        signatures: validator.signatures, choices: choices))
    let display = TrainingDisplay(arguments, updatesBefore: before?.update ?? 0)
    // Not before: until there is something to save, an interruption may simply end the process.
    let interrupt = InterruptFlag()
    validator.shouldStop = { interrupt.isRaised }
    if !arguments.resume { folder.removeKept() }
    var forecast =
      given.isAutomatic
      ? TrainingForecast(arguments.limits, tokensOfEpoch: data.train.report.targetTokens + data.train.count)
      : nil
    var run = try TrainingRun(
      trainer: trainer,
      plan: plan(arguments, options, data: data, configuration: configuration, start: start),
      resuming: point,
      validator: validator, batcher: { data.batcher(epoch: $0) },
      saveModel: { try folder.save($0, state: $1) },
      saveBest: { try folder.save($0, state: $1, bestBy: $2) }, shouldStop: { interrupt.isRaised },
      shouldSave: { requests.takeRequest() },
      observe: { event in
        display.show(event)
        guard case .updated(_, let state, let elapsed) = event else { return }
        if let line = forecast?.note(state, elapsed: elapsed) { say(line) }
      })
    defer { display.finish() }
    let end = try run.run()
    display.finish()
    conclude(end, state: run.state, arguments)
    if let profile = run.trainer.profile { try ProfileReport(profile).show(in: arguments.model) }
    if case .diverged(let divergence) = end {
      throw TrainingDiverged(divergence: divergence, rollbacks: run.state.watch.rollbacks)
    }
  }

  /// Where an interrupted run goes on, told where it is not its newest checkpoint.
  private static func resumePoint(_ arguments: TrainTranslationArguments) throws -> ResumePoint {
    let point = try CheckpointFiles(modelFolder: arguments.model).newest()
    if let damage = point.damage {
      say(
        "\(damage); going on from the checkpoint before it, '\(point.path)', "
          + "update \(Readable.count(point.state.update))")
    }
    return point
  }

  private static func loadData(
    _ arguments: TrainTranslationArguments, pipeline: TextPipeline, _ configuration: ModelConfiguration
  ) throws -> TrainingData {
    let bar = ProgressBar("pair", total: nil)
    defer { bar.finish() }
    // What one decoder cannot learn from, the other may.
    let room = configuration.isAutoregressive ? nil : configuration.nonautoregressive?.room
    let data = try TrainingData(arguments, pipeline: pipeline, room: room) {
      bar.update($0, "reading the corpus")
    }
    bar.finish()
    say("training text: \(data.train.report)")
    for line in data.partReports { say(line) }
    say("validation text: \(data.valid.report)")
    return data
  }

  private static func trainerOptions(
    _ arguments: TrainTranslationArguments, shardsBefore: Int?
  ) -> TrainerOptions {
    var options = TrainerOptions()
    options.seed = arguments.seed
    options.threads = arguments.threads
    // A run that is resumed on a machine with more or fewer cores keeps its shards.
    options.shards = arguments.shards ?? shardsBefore ?? arguments.threads
    options.labelSmoothing = Float(arguments.labelSmoothing)
    options.regularization = arguments.regularization
    options.frozen = Set(arguments.freeze)
    options.nonautoregressive = arguments.nonautoregressiveTraining
    options.clipNorm = arguments.clipNorm
    options.averageDecay = Float(arguments.averageDecay)
    options.precision = arguments.precision
    options.schedule = arguments.makeSchedule()
    options.optimizer = arguments.makeOptimizer()
    options.isProfiled = arguments.profile
    return options
  }

  /// Says before the first update what would end the process hours later.
  private static func memoryPlan(
    _ arguments: TrainTranslationArguments, _ configuration: ModelConfiguration, before: TrainingState?,
    data: TrainingData
  ) throws(ArgumentError) -> MemoryPlan {
    var options = trainerOptions(arguments, shardsBefore: before?.shards)
    options.activationLimit = before?.activationLimit
    options.regularization.sparedSourceTokens = data.tags
    let machine = MachineMemory()
    var plan = MemoryPlan(configuration, options, lengths: data.lengths, text: data.byteCount)
    if let bound = arguments.maxMemory {
      try plan.fit(bound.bytes, keepsPieces: before?.activationLimit != nil)
    } else {
      try plan.require(machine)
    }
    say("needs at most \(plan.words)")
    let long = data.oversizedPairs
    if long > 0 { say("\(long) pairs are longer than --batch-tokens; each is a batch of its own") }
    return plan
  }

  private static func plan(
    _ arguments: TrainTranslationArguments, _ options: TrainerOptions, data: TrainingData,
    configuration: ModelConfiguration, start: StartingModel?
  ) -> TrainingPlan {
    var plan = TrainingPlan(
      folder: arguments.model,
      fingerprint: data.fingerprint(
        "\(configuration.words), \(options.shards) shards in pieces of \(options.activationLimit ?? 0) floats, "
          + "\(arguments.batchTokens) batch tokens, "
          + (arguments.accumulate > 1 ? "\(arguments.accumulate) batches an update, " : "")
          + (options.precision == .float32 ? "" : "\(options.precision) products, ")
          + "seed \(arguments.seed), \(options.averageDecay > 0 ? "with" : "no") moving average"
          + (start?.words(frozen: arguments.frozenParts) ?? "")))
    (plan.maxUpdates, plan.maxEpochs) = (arguments.maxUpdates, arguments.maxEpochs)
    plan.timeBudget = arguments.timeBudget?.inSeconds
    (plan.validateEvery, plan.patience) = (arguments.validateEvery, arguments.patience)
    plan.selection = arguments.validation.selection
    plan.batchesPerUpdate = arguments.accumulate
    (plan.keptCheckpoints, plan.averageLast) = (arguments.keptCheckpoints, arguments.averageLast ?? 0)
    plan.keepEvery = arguments.keepEvery ?? .epochs(1)
    plan.skipLimit = arguments.skipLimit
    (plan.logEvery, plan.checkpointEvery) = (arguments.logEvery, arguments.checkpointEvery.inSeconds)
    return plan
  }
}

/// A line for the person before the terminal.
func say(_ text: String) { Console.standardError.message(text) }
