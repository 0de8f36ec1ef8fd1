import Autodiff
import Corpora
import Decoding
import Evaluation
import Files
import Formatting
import Machine
import Models
import Reporting
import Tensors
import Text
import Training
import Translation

/// Perplexity by teacher forcing, and what is asked for of the greedily decoded text against the raw references.
struct ValidationByDecoding: Validator {
  /// Whether training is to end: then there is no waiting for the user's own program.
  var shouldStop: @Sendable () -> Bool = { false }
  private let pipeline: TextPipeline
  private let batches: [Batch]
  private let sources, references: [[UInt8]]
  private let threads: Int
  private let measured: Set<ValidationMetric>
  private let metrics: ValidationMetrics
  private let script: ValidationScript?
  /// Source tokens that each thread decodes at the same time; no translation depends on it.
  private let decodedTokens: Int

  /// Reads the raw text beside the corpus: scores are of what a user would see, not of subwords.
  init(
    _ arguments: TrainTranslationArguments, corpus: ParallelCorpus, pipeline: TextPipeline, decodedTokens: Int
  ) throws {
    (self.pipeline, self.decodedTokens) = (pipeline, decodedTokens)
    // Activations of a batch stay until its loss is known, so that larger batches would cost memory and win nothing.
    let batcher = Batcher(corpus, batchTokens: validationLossTokens, seed: 0)
    batches = batcher.batchesByLength().map(batcher.makeBatch)
    sources = try zip(arguments.validSource, arguments.validTags).flatMap { path, tag in
      // A tag is a first column: what comes behind it is text.
      try readLines(path).map { (tag.map { Array("\($0) ".utf8) } ?? []) + $0 }
    }
    references = try arguments.validTarget.flatMap(readLines)
    threads = arguments.threads
    (measured, metrics) = (arguments.validation.measured, ValidationMetrics(pipeline.settings))
    script = try arguments.validation.script.map { [sources, references] command in
      try ValidationScript(
        command, timeout: arguments.validation.scriptTimeout ?? .seconds(600),
        folder: "\(arguments.model)/validation", sources: sources, references: references)
    }
  }

  func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores {
    var scores = ValidationScores(perplexity: perplexity(model))
    guard measured != [.perplexity] else { return scores }
    let lines = try decode(model)
    func score(_ metric: some Metric) -> Double {
      metric.score(hypotheses: lines, references: [references]).value
    }
    if measured.contains(.bleu) { scores.bleu = score(metrics.bleu) }
    if measured.contains(.chrf) { scores.chrf = score(metrics.chrf) }
    switch try script?.score(lines, update: update, shouldStop: shouldStop) {
    case .success(let number): scores.script = number
    case .failure(let failure):
      say("update \(Readable.count(update)): no score by --valid-script, training goes on: \(failure.reason)")
    case nil: break
    }
    return scores
  }

  private func perplexity(_ model: TrainedTransformer) -> Double {
    let losses = concurrentMap(batches.count, threads: threads) { index in
      model.loss(source: batches[index].source, target: batches[index].target)
    }
    var sum = LossSum()
    for loss in losses { sum += loss }
    return sum.perplexity
  }

  private func decode(_ model: TrainedTransformer) throws -> [[UInt8]] {
    var options = TranslationOptions()
    options.search.beamSize = 1
    (options.threads, options.batchTokens) = (threads, decodedTokens)
    // Perplexity is that of the other decoder, where there is one.
    if model.architecture.configuration.nonautoregressive != nil { options.decoder = .nonautoregressive }
    let translator = try Translator(trained: model, pipeline: pipeline, options: options)
    return try translator.translate(sources.map { String(decoding: $0, as: UTF8.self) }).map {
      Array($0.text.utf8)
    }
  }

  /// What the scores are measured with.
  var signatures: ScoreSignatures {
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
