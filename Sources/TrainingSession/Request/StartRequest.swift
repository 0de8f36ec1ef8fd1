public import Models
import Text

/// A model to start from, instead of random weights.
public struct StartRequest: Sendable, Equatable {
  /// The model folder whose weights, architecture and vocabulary are reused; nil: random weights.
  public var folder: String?
  /// Source texts that it translates before it is trained; the pairs are mixed into the training text, so that it does not
  /// forget what it can do.
  ///
  /// Source: Robins 1995, "Catastrophic Forgetting, Rehearsal and Pseudorehearsal".
  public var replay: [String] = []
  /// Number of times each pair of ``replay`` is seen per epoch.
  @Given public var replayWeight = 1.0
  /// Tokens to add to its vocabulary: files with one on each line, or ``automatic``.
  public var extendVocabulary: [String] = []
  /// Tags to add to its vocabulary.
  public var extendTags: [String] = []
  /// The number of span tokens that its vocabulary is to have.
  public var extendSpans = 0
  /// Whether its vocabulary is to have marks of terms.
  public var extendTerms = false
  /// How often the training text must have a character that ``automatic`` adds.
  @Given public var extendCount = 5
  /// Parts of its weights to freeze.
  public var freeze: [ModelPart] = []

  /// Random weights.
  public init() {}

  /// Adds the characters of the training text that the vocabulary does not have.
  public static let automatic = "auto"

  /// Whether the vocabulary gets more tokens.
  var extendsVocabulary: Bool {
    !extendVocabulary.isEmpty || !extendTags.isEmpty || !extendMarks.isEmpty
  }

  /// The marks that its vocabulary is to have.
  var extendMarks: MarkTokens { MarkTokens(spans: extendSpans, terms: extendTerms) }

  private func validateExtension(in request: TrainingRequest) throws(TrainingRequestError) {
    guard extendsVocabulary else {
      if $extendCount.isGiven { throw .conflict("'--extend-count' needs '--extend-vocab auto'") }
      return
    }
    let option =
      !extendVocabulary.isEmpty
      ? "--extend-vocab"
      : !extendTags.isEmpty ? "--extend-tag" : extendSpans > 0 ? "--extend-spans" : "--extend-terms"
    if folder == nil {
      throw .conflict(
        "'\(option)' adds tokens to the vocabulary of another model; it needs '--initialize-from', or make a new vocabulary by "
          + "build-vocab")
    }
    if !request.files.vocabulary.isEmpty {
      throw .conflict("'\(option)' extends the model's own vocabulary; leave out '--vocab'")
    }
    if let part = freeze.first(where: { $0 == .embeddings || $0 == .output }) {
      throw .conflict(
        "'--freeze \(part.rawValue)' keeps new tokens from being learned; leave out it or '\(option)'")
    }
    if $extendCount.isGiven, !extendVocabulary.contains(Self.automatic) {
      throw .conflict("'--extend-count' needs '--extend-vocab auto'")
    }
    if extendVocabulary.contains("-") {
      throw .conflict("'--extend-vocab' names a file, or 'auto'; write the tokens to a file")
    }
    if let tag = extendMarks.names.first(where: extendTags.contains) {
      let option = TermMarks.names.contains(tag) ? "--extend-terms" : "--extend-spans"
      throw .conflict("'--extend-tag \(tag)' has the name of a token of '\(option)'; choose another name")
    }
    if extendTerms, request.regularization.annotateTerms == 0 {
      throw .conflict(
        "'--extend-terms' adds tokens that only '--annotate-terms' trains; give it, too, such as '--annotate-terms 0.2'"
      )
    }
    if extendSpans > 0, request.regularization.trainSpans == 0 {
      throw .conflict(
        "'--extend-spans' adds tokens that '--train-spans 0' does not train; leave one of them out")
    }
    for (index, tag) in extendTags.enumerated() {
      if let problem = TagForm.problem(of: tag) {
        throw .conflict("'--extend-tag \(tag)' is not a tag: \(problem)")
      }
      if extendTags[..<index].contains(tag) {
        throw .conflict("'--extend-tag \(tag)' is given twice; give each tag once")
      }
    }
    if extendVocabulary.contains(Self.automatic),
      request.files.trainSource.contains("-")
        || request.files.trainTarget.contains("-")
    {
      throw .conflict("'--extend-vocab auto' reads the training text once more; name files for it")
    }
  }

  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    try validateExtension(in: request)
    if !freeze.isEmpty, folder == nil {
      throw .conflict("'--freeze' keeps what another model has learned; it needs '--initialize-from'")
    }
    if !replay.isEmpty || $replayWeight.isGiven {
      let option = replay.isEmpty ? "--replay-weight" : "--replay"
      if folder == nil {
        throw .conflict("'\(option)' keeps what another model can do; it needs '--initialize-from'")
      }
      if replay.isEmpty { throw .conflict("'--replay-weight' needs '--replay'") }
      if request.distillation.teacher != nil {
        throw .conflict("'--replay' and '--distill-from' both make training text; leave one of them out")
      }
      if replay.contains("-") {
        throw .conflict("'--replay' is read more than once; name a file")
      }
    }
    if request.isAutomatic, folder != nil {
      throw .conflict(
        "'--preset auto' chooses the size of a model, and '--initialize-from' names one; leave one of them out"
      )
    }
  }
}
