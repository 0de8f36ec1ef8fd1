import Corpora
import DistributedTraining
import Files
import Machine
import ModelFolders
import Models
import Tensors
import Text
import Training

/// The work of a session: prepare, train, conclude.
struct SessionWork: Sendable {
  /// The request, with text in place of files that are converted.
  let request: TrainingRequest
  let monitor: SessionMonitor
  /// Connects the processes of the training.
  let reducer: any GradientReducer
  private let conversions: [CorpusConversion]

  init(_ request: TrainingRequest, _ monitor: SessionMonitor, _ reducer: any GradientReducer) {
    conversions = request.conversions(in: "\(request.files.model)/converted")
    (self.request, self.monitor) = (request.replacingFiles(by: conversions), monitor)
    self.reducer = reducer
  }

  /// Converts translation memories and catalogs into text.
  ///
  /// - Parameter vocabulary: the vocabulary, whose languages count unless others were given.
  /// - Returns: where the text comes from, in the first process.
  /// - Throws: errors of reading and writing, or `CancellationError`.
  func convert(_ vocabulary: TextPipelineSettings?) throws -> [CorpusConversion.Record] {
    guard !conversions.isEmpty else { return [] }
    return try preparedByFirst {
      try createFolder("\(request.files.model)/converted")
      return try conversions.map {
        try $0.run(request.languages(vocabulary), isResumed: request.files.resume, monitor)
      }
    } ?? []
  }

  /// Runs a preparation that writes files in the first process; the others wait until they can read them.
  ///
  /// - Returns: what `work` returns, in the first process.
  func preparedByFirst<Value>(_ work: () throws -> Value) throws -> Value? {
    var value: Value?
    try reducer.inFirst { value = try work() }
    return value
  }

  func run() throws -> TrainingOutcome {
    // Before the folder is claimed, which removes files of an earlier training.
    try monitor.checkCancellation()
    // Training and validation alternate, and allocate blocks of different sizes.
    returnFreedMemoryAtOnce()
    let basis = try request.isAutomatic ? automaticBasis() : givenBasis()
    defer { withExtendedLifetime(basis.lock) {} }
    try monitor.checkCancellation()
    let settings = basis.settings
    if let distillation = settings.distillation, !distillation.isReplay {
      try request.files.requireFiles(for: "'--distill-from'", readsTargets: false)
    }
    let distillation = try settings.distillation.flatMap { distillation in
      try preparedByFirst {
        try Distillation(settings: distillation, threads: settings.trainer.threads).run(
          isResumed: settings.isResumed, monitor)
      }
    }
    let alignment = try preparedByFirst { try align(basis) } ?? nil
    let data = try loadData(settings, basis.pipeline)
    try monitor.checkCancellation()
    // The checkpoint to resume from, if any.
    let point = settings.isResumed ? try resumePoint(settings) : nil
    let memory = try planMemory(settings, data, before: point?.state)
    noteDisk(settings, memory.options)
    noteCost(of: settings.trainer, settings.model)
    try compareKernels(memory.options)
    noteSingleProcess()
    let records = try preparedByFirst { try SessionRecords(settings, resumingFrom: point?.state.update) }
    let recorder = records.map(monitor.recording) ?? monitor
    let trainer = try makeTrainer(basis, memory.options)
    let validator = try DecodingValidator(
      settings.validation, corpus: data.valid, pipeline: basis.pipeline,
      decodedTokens: memory.validationTokens, isFirst: reducer.isFirst, recorder)
    let folder = OutputFolder(
      path: settings.folder, pipeline: basis.pipeline,
      manifest: try TrainingManifest(
        settings, command: request.command, options: memory.options, data: data,
        origin: TrainingOrigin(
          start: basis.start, distillation: distillation, conversions: basis.conversions, alignment: alignment
        ),
        signatures: validator.signatures),
      shortlist: settings.alignment?.makesShortlist == true && reducer.isFirst
        ? shortlist(data, basis.pipeline) : nil)
    try monitor.checkCancellation()
    monitor.tell(.began(settings, updatesBefore: point?.state.update ?? 0))
    try reducer.inFirst { try recordCommand(settings) }
    defer { for notice in records?.finish() ?? [] { monitor.note(notice) } }
    let outcome = try train(
      trainer, basis, data: data, validator: validator, folder: folder, resuming: point, recorder)
    guard reducer.isFirst else { return outcome }
    let wasFinished = outcome.hadEndedBefore && fileExists(ModelFolder(settings.folder).confidence)
    if outcome.end.isComplete, outcome.best != nil, !wasFinished, !request.validation.skipsCalibration {
      calibrate(settings)
    }
    return outcome
  }

  private func train(
    _ trainer: Trainer, _ basis: TrainingBasis, data: TrainingData, validator: DecodingValidator,
    folder: OutputFolder, resuming point: ResumePoint?, _ monitor: SessionMonitor
  ) throws -> TrainingOutcome {
    let settings = basis.settings
    var plan = settings.plan
    plan.fingerprint =
      RunFingerprint(settings, trainer.options, data: data, start: basis.start).text
    // In the request as it was given, a warm-up that the preset `auto` chose is missing.
    plan.warmupLimit = request.schedule.warmupLimit
    plan.validatesStart = basis.start?.isWhole(settings.model) ?? false
    let forecast = TrainingForecast(
      request.stopping.limits, tokensOfEpoch: data.targetTokensOfEpoch,
      schedule: settings.trainer.schedule, isAutomatic: request.isAutomatic)
    let run = try TrainingRun(
      trainer: trainer, plan: plan, resuming: point, validator: validator,
      delegate: SessionDelegate(
        data: data, folder: folder, monitor: monitor, forecast: forecast,
        hasSaved: point?.state.best.scores != nil))
    let end = try run.run()
    let profile = run.trainer.profile.map { ProfileReport($0) }
    do { if reducer.isFirst { try profile?.write(to: settings.folder) } } catch {
      monitor.note(.profileNotWritten(reason: "\(error)"))
    }
    return TrainingOutcome(
      end: end, state: run.state, settings: settings, updatesBefore: point?.state.update, profile: profile)
  }

  /// The checkpoint to resume from, with a notice if it is not the newest.
  private func resumePoint(_ settings: TrainingSettings) throws -> ResumePoint {
    let point = try CheckpointFiles(modelFolder: settings.folder).newest()
    if let damage = point.damage {
      monitor.note(
        .damagedCheckpoint(damage: "\(damage)", path: point.path, update: point.state.update))
    }
    return point
  }

  private func loadData(_ settings: TrainingSettings, _ pipeline: TextPipeline) throws -> TrainingData {
    // A pair without room for the non-autoregressive decoder can still train the autoregressive one.
    let room = settings.model.isAutoregressive ? nil : settings.model.nonautoregressive?.room
    if settings.corpora.annotateTerms > 0, !pipeline.settings.marks.terms {
      throw TrainingRequestError.conflict(
        "'--annotate-terms' needs marks of terms, which the vocabulary lacks; make it with build-vocab --term-marks, or give "
          + "'--extend-terms' with '--initialize-from'")
    }
    var data = try TrainingData(settings.corpora, pipeline: pipeline, room: room) {
      monitor.prepare(.readingCorpus, $0)
    }
    monitor.note(.trainingText(report: data.report, parts: data.partReports))
    monitor.note(.validationText(report: "\(data.valid.report)"))
    let aligned = try data.prepareLinks { iterations, total in
      monitor.prepare(.learningAlignments, iterations, of: total)
      try monitor.checkCancellation()
    }
    if let aligned, data.spanShare > 0 {
      monitor.note(
        .spanTokens(
          pipeline.settings.marks.spans, share: data.spanShare, aligned: aligned, pairs: data.pairCount))
    }
    if data.termShare > 0 { monitor.note(.terms(share: data.termShare)) }
    return data
  }

  /// Detects a lack of memory before the first update, rather than hours later.
  private func planMemory(
    _ settings: TrainingSettings, _ data: TrainingData, before: TrainingState?
  ) throws -> MemoryPlan {
    var options = settings.trainer
    // A run resumed on a machine with more or fewer cores keeps its shards.
    options.shards = settings.givenShards ?? before?.shards ?? options.shards * reducer.processCount
    guard options.shards >= reducer.processCount else {
      throw TrainingRequestError.conflict(
        "'--shards \(options.shards)' is less than the \(reducer.processCount) processes, each of which needs one; start "
          + "fewer processes or give more shards")
    }
    options.activationLimit = before?.activationLimit
    if let before, options.precision == .float32 {
      let resumed = ResumedProducts(before: before.float32Products, given: settings.givenProducts)
      options.float32Products = resumed.products
      if let notice = resumed.notice { monitor.note(notice) }
    }
    options.regularization.sparedSourceTokens = data.sparedTokens
    let machine = MachineMemory()
    var plan = MemoryPlan(
      settings.model, options, lengths: data.lengths, text: data.byteCount, processes: reducer.processCount)
    if let bound = settings.maxMemory {
      try plan.fit(bound, keepsPieces: before?.activationLimit != nil)
    } else {
      try plan.require(machine)
    }
    monitor.note(.memory(words: plan.words))
    let long = try data.oversizedPairs()
    if long > 0 { monitor.note(.oversizedPairs(long)) }
    return plan
  }

  /// Records the command for resuming.
  private func recordCommand(_ settings: TrainingSettings) throws {
    do {
      try RecordedCommand(request.command).write(to: settings.folder)
    } catch {
      // On a full disk, the command of before is still there, and training may go on.
      if !settings.isResumed { throw error }
    }
  }

  /// Reports how much disk space the training may need.
  private func noteDisk(_ settings: TrainingSettings, _ options: TrainerOptions) {
    let need = DiskNeed(settings, options)
    monitor.note(
      .disk(needed: need.bytes, present: need.present, free: freeDiskSpace(folder: settings.folder)))
  }

  /// Reports a precision that costs speed on this machine.
  private func noteCost(of options: TrainerOptions, _ model: ModelConfiguration) {
    let layer = model.typicalLayer(options.float32Products)
    guard options.precision == .bfloat16, let gain = ProductSpeed.measured(layer).gain, gain < 1
    else { return }
    monitor.note(.slowPrecision(options.precision, gain: gain))
  }

  /// Reports options that only several processes need.
  private func noteSingleProcess() {
    guard reducer.processCount == 1 else { return }
    let options = [
      request.machine.exchangePrecision == .float32 ? nil : "--exchange-precision",
      request.optimizer.isShared ? "--share-optimizer" : nil,
    ].compactMap { $0 }
    if !options.isEmpty { monitor.note(.singleProcess(options: options)) }
  }

  /// Makes sure that the weights of all processes stay the same, and reports machines that compute with other bits.
  private func compareKernels(_ options: TrainerOptions) throws {
    let kernels = ProductKernels(float32: options.float32Products)
    // From AVX2 on, products and sums are fused, in loops of any width, and have the same bits.
    let loops = kernels.inference == "portable" ? "processors without AVX2" : "AVX2 and AVX-512"
    let other = try reducer.compareKernels(loops: loops, products: kernels.description)
    if let other { monitor.note(.otherKernels(rank: other.rank, kernels: other.products)) }
  }

  private func makeTrainer(_ basis: TrainingBasis, _ options: TrainerOptions) throws -> Trainer {
    let (settings, model) = (basis.settings, Transformer(basis.settings.model))
    var weights: FlatBuffer?
    // A resumed run takes its weights from its checkpoint, whatever it started from.
    if let start = basis.start, !settings.isResumed {
      weights = try start.weights(of: model, seed: options.seed)
    }
    let trainer = Trainer(model, options: options, parameters: weights, reducer: reducer)
    if let start = basis.start, !settings.isResumed {
      try reducer.inFirst { try start.keep(in: settings.folder) }
      monitor.note(.startingFrom(model: start.record.folder, frozen: settings.frozen.map(\.rawValue)))
    }
    monitor.note(
      .model(parameters: model.parameterCount, precision: options.precision, float32: options.float32Products)
    )
    return trainer
  }
}
