import Formatting
public import Recipes
public import Tensors

/// A short message of a session; ``description`` is its text.
public enum TrainingNotice: Sendable, Equatable {
  /// A resumed training with the preset `auto` uses the choices in a file.
  case choicesFound(path: String)
  /// How fast a model of the chosen size trains.
  case measured(parameters: Int, MeasuredSpeed, threads: Int)
  /// How far the training will get within its limits.
  case outlook(Outlook)
  /// ICU has no rules for a language, or not its own.
  case languageWarning(String)
  /// Pairs are held out for validation, and with them others that have the same source lines.
  case heldOut(pairs: Int, others: Int, sourcePath: String, targetPath: String)
  /// A translation memory or catalog was read as text: what it had, and what was left out.
  case converted(report: [String])
  /// A teacher translates the training text.
  case distilling(teacher: String, beam: Int)
  /// The starting model translates texts that are mixed into the training text.
  case replaying(model: String, beam: Int)
  /// The words of the training text were linked with those of its translations.
  case aligned(pairs: Int, folder: String)
  /// Word alignments of this text were found.
  case alignmentsFound(folder: String)
  /// A lexical shortlist goes with the model.
  case shortlist(first: Int, best: Int)
  /// A finished translation of a file was found.
  case translationFound(path: String, source: String)
  /// The translation of a file continues after a line.
  case translationContinued(source: String, line: Int)
  /// Statistics of the training text: a line for all of it, and one for each file.
  case trainingText(report: String, parts: [String])
  /// Statistics of the validation text.
  case validationText(report: String)
  /// In a share of the pairs, span tokens stand for words; of the pairs, so many were aligned for that.
  case spanTokens(Int, share: Double, aligned: Int, pairs: Int)
  /// In a share of the pairs, the source has translations of some of its words.
  case terms(share: Double)
  /// The newest checkpoint is damaged; training resumes from the one before it.
  case damagedCheckpoint(damage: String, path: String, update: Int)
  /// The profile of a training that ended could not be written.
  case profileNotWritten(reason: String)
  /// A file that records the training could not be written; training continues.
  case recordNotWritten(reason: String)
  /// Confidence was learned from the validation text, and heads that align words better than those before.
  case calibrated(sentences: Int, wordError: Double, heads: String?)
  /// The finished model has no confidence.
  case notCalibrated(reason: String, folder: String)
  /// The most memory that the training needs, with its parts.
  case memory(words: String)
  /// The most disk space that the training needs in bytes, what its folder holds of it already, and what is free; nil
  /// if the system does not say.
  case disk(needed: Int, present: Int, free: Int?)
  /// Translations of a teacher that reached the greatest length without an end are not learned.
  case endlessTranslations(Int, of: Int, source: String)
  /// Some pairs are longer than a batch.
  case oversizedPairs(Int)
  /// Weights come from another model; some parts of them may be frozen.
  case startingFrom(model: String, frozen: [String])
  /// Tokens were added to the vocabulary of the starting model, which the sides may share.
  case extended(source: [String], target: [String], isShared: Bool)
  /// The model was built.
  case model(parameters: Int, precision: MatrixPrecision, float32: Float32Products)
  /// A resumed training computes products of float32 in another way than before, and why if nobody asked for it.
  case otherProducts(before: Float32Products, now: Float32Products, problem: String?)
  /// Matrix products in a precision are slower than in float32 on this machine, whose speed is 1.
  case slowPrecision(MatrixPrecision, gain: Double)
  /// A process multiplies matrices with other kernels than the first one.
  case otherKernels(rank: Int, kernels: String)
  /// Options for several processes were given to a single one.
  case singleProcess(options: [String])
  /// The speed of the training, and how far it will get.
  case forecast(String)
  /// The user's program gave no score in a validation.
  case noScriptScore(update: Int, reason: String)
}

extension TrainingNotice: CustomStringConvertible {
  /// The message, of one or more lines.
  public var description: String {
    switch self {
    case .choicesFound(let path): "resuming with the choices in '\(path)'"
    case .measured(let parameters, let speed, let threads):
      "\(Readable.count(parameters)) parameters; measured: \(Readable.rate(speed.present, "target tokens")) "
        + "(threads: \(threads))"
        + (speed.isBusy
          ? "; without other running programs, \(Readable.rate(speed.alone, "target tokens"))" : "")
    case .outlook(let outlook): outlook.verdict
    case .languageWarning(let words): "warning: \(words)"
    case .heldOut(let pairs, let others, let source, let target):
      "no validation text was given: \(Readable.count(pairs)) pairs are held out for it, in '\(source)' and "
        + "'\(target)'; they and \(Readable.count(others)) pairs with the same source lines are not trained on"
    case .converted(let report): report.joined(separator: "\n  ")
    case .replaying(let model, let beam):
      "translating texts to be replayed, by '\(model)' with a beam of \(beam)"
    case .distilling(let teacher, let beam): "distilling from '\(teacher)' with a beam of \(beam)"
    case .aligned(let pairs, let folder):
      "words of \(Readable.count(pairs)) pairs aligned, in '\(folder)', to guide attention"
    case .alignmentsFound(let folder): "using the word alignments in '\(folder)'"
    case .shortlist(let first, let best):
      "the model gets a lexical shortlist: the first \(first) tokens, and \(best) for each source token"
    case .translationFound(let path, let source): "using '\(path)', an earlier translation of '\(source)'"
    case .translationContinued(let source, let line):
      "continuing the translation of '\(source)' after line \(line)"
    case .trainingText(let report, let parts): (["training text: \(report)"] + parts).joined(separator: "\n")
    case .validationText(let report): "validation text: \(report)"
    case .spanTokens(let count, let share, let aligned, let pairs):
      "in \(Readable.decimal(100 * share, 0)) % of the pairs, <span1>\(count > 1 ? " to <span\(count)>" : "") stand for "
        + "words, so that translate can protect text (--train-spans 0: in none)"
        + (aligned < pairs ? "; the words of \(Readable.count(aligned)) pairs were aligned for this" : "")
    case .terms(let share):
      "in \(Readable.decimal(100 * share, 0)) % of the pairs, the source has translations of some of its words, so that "
        + "translate can tell the model those of a glossary"
    case .damagedCheckpoint(let damage, let path, let update):
      "\(damage); resuming from the checkpoint before it, '\(path)', update \(Readable.count(update))"
    case .profileNotWritten(let reason): "profile.json was not written: \(reason)"
    case .recordNotWritten(let reason): "\(reason); training continues"
    case .calibrated(let sentences, let error, let heads):
      "confidence of words is calibrated on \(Readable.count(sentences)) sentences, with an expected error of "
        + Readable.decimal(error, 3) + (heads.map { "; \($0) aligns words best" } ?? "")
    case .notCalibrated(let reason, let folder):
      "confidence is not calibrated: \(reason); 'calibrate-model --model \(folder)' does it"
    case .memory(let words): "needs at most \(words)"
    case .disk(let needed, let present, let free): diskWords(needed, present: present, free: free)
    case .endlessTranslations(let count, let lines, let source):
      "\(Readable.count(count)) of \(Readable.count(lines)) translations of '\(source)' reached the greatest length "
        + "without an end and are left out: the teacher repeats itself"
    case .oversizedPairs(let count):
      "\(count) pairs are longer than --batch-tokens; each is a separate batch"
    case .startingFrom(let model, let frozen):
      "starting from '\(model)'" + (frozen.isEmpty ? "" : "; frozen: \(frozen.joined(separator: ", "))")
    case .extended(let source, let target, let isShared): extensionWords(source, target, isShared)
    case .model(let parameters, let precision, let float32):
      "\(Readable.count(parameters)) parameters; \(ProductKernels(float32: float32))"
        + (precision == .float32 ? "" : "; training in \(precision)")
    case .otherProducts(let before, let now, let problem):
      "float32 products were computed \(before.words), from now on \(now.words)"
        + (problem.map { ": \($0)" } ?? "") + "; the accuracy is the same, the rounding is not"
    case .slowPrecision(let precision, let gain):
      "warning: products of \(precision) are measured \(Readable.decimal(gain, 2)) times as fast as those of float32 on "
        + "this machine; without --precision, training is faster"
    case .otherKernels(let rank, let kernels):
      "process \(rank) of this training has other kernels (\(kernels)): all processes have the same weights, but their bits "
        + "depend on which machine computes which shards; OPENBLAS_CORETYPE, the same on all machines, may help"
    case .singleProcess(let options):
      "\(options.joined(separator: " and ")) changes nothing in a single process; mpirun starts several"
    case .forecast(let line): line
    case .noScriptScore(let update, let reason):
      "update \(Readable.count(update)): no score from --valid-script, training continues: \(reason)"
    }
  }
}

/// The new tokens of a vocabulary.
private func extensionWords(_ source: [String], _ target: [String], _ isShared: Bool) -> String {
  func words(_ tokens: [String]) -> String {
    "\(Readable.count(tokens.count)) (\(tokens.prefix(20).joined(separator: " "))\(tokens.count > 20 ? " …" : ""))"
  }
  if source.isEmpty, target.isEmpty { return "the vocabulary has all tokens that were to be added" }
  if isShared { return "tokens added to the vocabulary: \(words(source))" }
  return "tokens added to the vocabularies: source \(words(source)), target \(words(target))"
}

/// The disk space, and a warning if it is too little.
private func diskWords(_ needed: Int, present: Int, free: Int?) -> String {
  let need = "checkpoints and models may take up to \(Readable.bytes(needed)) of disk space"
  guard let free else { return need }
  let words = "\(need); \(Readable.bytes(free)) are free"
  guard needed - present > free else { return words }
  return
    "warning: \(words): saving will fail once the disk is full; free some space, or choose another --model folder"
}

extension Float32Products {
  fileprivate var words: String { self == .parts ? "in three bfloat16 parts" : "by the matrix library" }
}

extension MeasuredSpeed {
  /// Whether other programs use much of the machine.
  fileprivate var isBusy: Bool { alone > 1.4 * present }
}
