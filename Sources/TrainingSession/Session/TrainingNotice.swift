import Formatting
public import Recipes
public import Tensors

/// What a session has to say in a line; ``description`` is that line.
public enum TrainingNotice: Sendable, Equatable {
  /// A training with the preset `auto` resumes with the choices in a file.
  case choicesFound(path: String)
  /// How fast a model of the chosen size trains.
  case measured(parameters: Int, MeasuredSpeed, threads: Int)
  /// What the training will come to.
  case outlook(Outlook)
  /// Pairs are held out for validation, and with them others with the same source lines.
  case heldOut(pairs: Int, others: Int, sourcePath: String, targetPath: String)
  /// A teacher translates the training text.
  case distilling(teacher: String, beam: Int)
  /// The translation of a file was there already.
  case translationFound(path: String, source: String)
  /// The translation of a file continues after a line.
  case translationContinued(source: String, line: Int)
  /// What was read of the training text: a line for all, and one for each of its files.
  case trainingText(report: String, parts: [String])
  /// What was read of the validation text.
  case validationText(report: String)
  /// The newest checkpoint is damaged, and the one before it is resumed from.
  case damagedCheckpoint(damage: String, path: String, update: Int)
  /// Memory that the training needs at most, with its parts.
  case memory(words: String)
  /// So many pairs are longer than a batch.
  case oversizedPairs(Int)
  /// Weights come from another model, some of which stay as they are.
  case startingFrom(model: String, frozen: [String])
  /// The model is made.
  case model(parameters: Int, precision: MatrixPrecision)
  /// How fast the training is, and what it will come to.
  case forecast(String)
  /// A validation lacks the score of the user's own program.
  case noScriptScore(update: Int, reason: String)
}

extension TrainingNotice: CustomStringConvertible {
  /// The line, or several.
  public var description: String {
    switch self {
    case .choicesFound(let path): "resuming with the choices in '\(path)'"
    case .measured(let parameters, let speed, let threads):
      "\(Readable.count(parameters)) parameters; measured: \(Readable.rate(speed.present, "target tokens")) on "
        + "threads: \(threads)"
        + (speed.isBusy
          ? "; without the other programs that run, \(Readable.rate(speed.alone, "target tokens"))" : "")
    case .outlook(let outlook): outlook.verdict
    case .heldOut(let pairs, let others, let source, let target):
      "no validation text was given: \(Readable.count(pairs)) pairs are held out for it, in '\(source)' and "
        + "'\(target)'; they and \(Readable.count(others)) pairs with the same source lines are not trained on"
    case .distilling(let teacher, let beam): "distilling from '\(teacher)' with a beam of \(beam)"
    case .translationFound(let path, let source): "using '\(path)', an earlier translation of '\(source)'"
    case .translationContinued(let source, let line):
      "continuing the translation of '\(source)' after line \(line)"
    case .trainingText(let report, let parts): (["training text: \(report)"] + parts).joined(separator: "\n")
    case .validationText(let report): "validation text: \(report)"
    case .damagedCheckpoint(let damage, let path, let update):
      "\(damage); resuming from the checkpoint before it, '\(path)', update \(Readable.count(update))"
    case .memory(let words): "needs at most \(words)"
    case .oversizedPairs(let count):
      "\(count) pairs are longer than --batch-tokens; each is a batch of its own"
    case .startingFrom(let model, let frozen):
      "starting from '\(model)'" + (frozen.isEmpty ? "" : "; frozen: \(frozen.joined(separator: ", "))")
    case .model(let parameters, let precision):
      "\(Readable.count(parameters)) parameters; \(matrixProductDescription())"
        + (precision == .float32 ? "" : "; training in \(precision)")
    case .forecast(let line): line
    case .noScriptScore(let update, let reason):
      "update \(Readable.count(update)): no score by --valid-script, training continues: \(reason)"
    }
  }
}

extension MeasuredSpeed {
  /// Whether other programs take much of the machine.
  fileprivate var isBusy: Bool { alone > 1.4 * present }
}
