import Autodiff
import Corpora
import Decoding
import Evaluation
import Files
import Models
import Tensors
import Text
import Threads
import Training
import Translation

/// Perplexity by teacher forcing, and unless perplexity decides BLEU of the greedily decoded text against the raw references.
struct ValidationByDecoding: Validator {
  let pipeline: TextPipeline
  let batches: [Batch]
  let sources: [String]
  let references: [[UInt8]]
  let threads: Int
  /// Whether BLEU is asked for.
  let decodes: Bool
  /// Source tokens that each thread decodes at the same time; no translation depends on it.
  let decodedTokens: Int

  /// Reads the raw text beside the corpus: BLEU is of what a user would see, not of subwords.
  init(
    _ arguments: TrainTranslationArguments, corpus: ParallelCorpus, pipeline: TextPipeline, decodedTokens: Int
  ) throws {
    (self.pipeline, self.decodedTokens) = (pipeline, decodedTokens)
    // Activations of a batch stay until its loss is known, so that larger batches would cost memory and win nothing.
    let batcher = Batcher(corpus, batchTokens: validationLossTokens, seed: 0)
    batches = batcher.batchesByLength().map(batcher.makeBatch)
    sources = try arguments.validSource.flatMap(readLines).map { String(decoding: $0, as: UTF8.self) }
    references = try arguments.validTarget.flatMap(readLines)
    threads = arguments.threads
    decodes = arguments.bestBy == .bleu
  }

  func validate(_ model: TrainedTransformer) throws -> ValidationScores {
    ValidationScores(perplexity: perplexity(model), bleu: decodes ? try bleu(model) : nil)
  }

  private func perplexity(_ model: TrainedTransformer) -> Double {
    let losses = concurrentMap(batches.count, threads: threads) { index in
      model.loss(source: batches[index].source, target: batches[index].target)
    }
    var sum = LossSum()
    for loss in losses { sum += loss }
    return sum.perplexity
  }

  private func bleu(_ model: TrainedTransformer) throws -> Double {
    var options = TranslationOptions()
    options.search.beamSize = 1
    (options.threads, options.batchTokens) = (threads, decodedTokens)
    let translator = try Translator(model: model, pipeline: pipeline, options: options)
    let hypotheses = try translator.translate(sources).map { Array($0.text.utf8) }
    return metric.score(hypotheses: hypotheses, references: [references]).value
  }

  private var metric: BLEU {
    BLEU(tokenization: tokenization, isLowercased: pipeline.settings.lowercase)
  }

  /// The settings of BLEU, where it is asked for.
  var signature: String? { decodes ? metric.signature(referenceCount: 1).description : nil }

  /// As users of the language measure: on given tokens, on characters where there are no spaces, else 13a.
  private var tokenization: BLEU.Tokenization {
    if pipeline.settings.tokenizer == .whitespace { return .none }
    return switch pipeline.settings.targetLanguage.prefix(2) {
    case "zh": .chinese
    case "ja", "th", "km", "lo", "my": .character
    default: .mteval13a
    }
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
