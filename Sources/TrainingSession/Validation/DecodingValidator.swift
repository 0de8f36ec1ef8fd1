import Autodiff
package import Corpora
import Decoding
import Evaluation
import Files
import Machine
package import Models
import Tensors
package import Text
package import Training
import Translation

/// Perplexity by teacher forcing, and the requested scores of greedily decoded text against the raw references.
///
/// Several processes share the batches and the lines. Neither a loss nor a translation depends on what is computed along
/// with it, and losses are added in the order of batches: the scores have the bits of a single process.
package struct DecodingValidator: Validator {
  let pipeline: TextPipeline
  let batches: [Batch]
  let sources: [[UInt8]]
  private let references: [[UInt8]]
  let threads: Int
  private let measured: Set<ValidationMetric>
  private let metrics: ValidationMetrics
  private let script: ScriptMetric?
  private let samples: ValidationSamples
  private let showsSamples: Bool
  /// Receives notices of missing scores, and knows whether to stop waiting for the user's program.
  let monitor: SessionMonitor
  /// Source tokens that each thread decodes at a time; translations do not depend on it.
  private let decodedTokens: Int

  /// Reads the raw text next to the corpus: scores are of the text that a user would see, not of subwords.
  ///
  /// - Parameters:
  ///   - settings: what is measured, on which files.
  ///   - corpus: the validation text as ids.
  ///   - pipeline: turns ids into text.
  ///   - decodedTokens: source tokens that each thread decodes at a time.
  ///   - isFirst: whether this process scores the text, and writes it for the user's program.
  ///   - monitor: that of the session.
  /// - Throws: `FileError`.
  package init(
    _ settings: ValidationSettings, corpus: ParallelCorpus, pipeline: TextPipeline, decodedTokens: Int,
    isFirst: Bool = true, _ monitor: SessionMonitor
  ) throws {
    (self.pipeline, self.decodedTokens, self.monitor) = (pipeline, decodedTokens, monitor)
    // Activations of a batch are kept until its loss is known: larger batches would cost memory for no gain.
    let batcher = Batcher(corpus, batchTokens: validationLossTokens, seed: 0)
    batches = batcher.batchesByLength().map(batcher.makeBatch)
    sources = try settings.files.flatMap { files in
      // A tag is the first word of a line; everything after it is text.
      try readLines(files.source).map { (files.tag.map { Array("\($0) ".utf8) } ?? []) + $0 }
    }
    references = try settings.files.map(\.target).flatMap(readLines)
    (threads, measured) = (settings.threads, settings.measured)
    metrics = ValidationMetrics(pipeline.settings)
    (samples, showsSamples) = (ValidationSamples(sources, references), settings.showsSamples)
    script = try (isFirst ? settings.script : nil).map { [sources, references] script in
      try ScriptMetric(
        script.command, timeout: script.timeout, folder: settings.folder, sources: sources,
        references: references)
    }
  }

  package func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores {
    try validate(model, update: update, with: WorkerOrderSum())
  }

  package func validate(_ model: TrainedTransformer, update: Int, with reducer: any GradientReducer) throws
    -> ValidationScores
  {
    let perplexity = try perplexity(model, reducer)
    guard measured != [.perplexity] else {
      return try reducer.scoresFromFirst {
        if showsSamples { show(try decode(model, samples.sources), update: update) }
        return ValidationScores(perplexity: perplexity)
      }
    }
    let lines = try translations(model, reducer)
    return try reducer.scoresFromFirst { try score(lines, perplexity: perplexity, update: update) }
  }

  private func score(_ lines: [[UInt8]], perplexity: Double, update: Int) throws -> ValidationScores {
    var scores = ValidationScores(perplexity: perplexity)
    show(samples.lines.map { lines[$0] }, update: update)
    // What looks equal is equal, whatever the normal form of the references.
    let (composedLines, composedReferences) = (composed(lines), composed(references))
    func score(_ metric: some Metric) -> Double {
      metric.score(hypotheses: composedLines, references: [composedReferences]).value
    }
    if measured.contains(.bleu) { scores.bleu = score(metrics.bleu) }
    if measured.contains(.chrf) { scores.chrf = score(metrics.chrf) }
    switch try script?.score(lines, update: update, shouldStop: { monitor.control.isStopped }) {
    case .success(let number): scores.script = number
    case .failure(let failure):
      monitor.note(.noScriptScore(update: update, reason: failure.reason))
    case nil: break
    }
    return scores
  }

  func requireNoStop() throws(ValidationInterrupted) {
    if monitor.control.isStopped { throw ValidationInterrupted() }
  }

  private func show(_ translations: [[UInt8]], update: Int) {
    guard !translations.isEmpty else { return }
    monitor.tell(.translated(SampleLogEntry(update: update, samples: samples.translated(translations))))
  }

  func decode(_ model: TrainedTransformer, _ sources: [[UInt8]]) throws -> [[UInt8]] {
    var request = TranslationRequest()
    request.search.beamSize = 1
    // Text as the model writes it.
    request.protection = .none
    // Perplexity is that of the autoregressive decoder, if there is one.
    if model.architecture.configuration.nonautoregressive != nil {
      request.decoder = .nonautoregressive
    } else {
      // The score is that of the model itself: one that loops is no good yet.
      request.search.limits.replacesRepetitions = false
    }
    var options = TranslationOptions()
    (options.threads, options.batchTokens) = (threads, decodedTokens)
    let service = try TranslationService(trained: model, pipeline: pipeline, options: options)
    let translator = try Translator(service, request: request)
    do {
      return try monitor.control.cancelling(by: { service.shutDown() }) {
        try translator.translate(sources.map { String(decoding: $0, as: UTF8.self) }).map {
          Array($0.text.utf8)
        }
      }
    } catch TranslationError.shutDown {
      throw ValidationInterrupted()
    }
  }

  /// The signatures of the scores.
  package var signatures: ScoreSignatures {
    ScoreSignatures(
      bleu: measured.contains(.bleu) ? metrics.bleu.signature(referenceCount: 1).description : nil,
      chrf: measured.contains(.chrf) ? metrics.chrf.signature(referenceCount: 1).description : nil,
      script: script?.command)
  }
}

private func readLines(_ path: String) throws -> [[UInt8]] {
  let reader = try LineReader(path: path)
  var lines: [[UInt8]] = []
  while var line = try reader.next() {
    _ = repairUTF8(&line)
    lines.append(line)
  }
  return lines
}
