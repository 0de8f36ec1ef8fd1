public import Decoding
public import Text
public import Tokens

/// Why text cannot be translated.
public enum TranslationError: Error, Equatable {
  /// An option is out of range.
  case option(name: String, found: Int, expected: ClosedRange<Int>)
  /// A search option is invalid.
  case search(SearchOptionsError)
  /// A pattern of protected spans is none.
  case protect(pattern: String, problem: String)
  /// Vocabulary and model have different sizes.
  case vocabularySize(vocabulary: Int, model: Int)
  /// Vocabulary and model have different ids for the tokens that do not stand for text.
  case specialTokens(vocabulary: SpecialTokens, model: SpecialTokens)
  /// The models of an ensemble have different vocabularies.
  case differentVocabularies(folder: String, other: String)
  /// The vocabulary does not have the tag.
  case tag(VocabularyError)
  /// The model does not know the tag of a line, counted from 1.
  case lineTag(line: Int, VocabularyError)
  /// The model's maximum length leaves no room for text after a tag.
  case noRoomForTag(maxLength: Int)
  /// A model of an ensemble is non-autoregressive.
  case notAutoregressive(folder: String)
  /// The model does not have the requested decoder.
  case noDecoder(DecoderChoice, has: DecoderChoice)
  /// Confidence is wanted of a model that was not calibrated.
  case notCalibrated
  /// Terms are to be annotated, and the vocabulary has no marks for that.
  case noTermMarks
  /// The model's scores were NaN or infinite.
  case damagedModel(line: Int)
  /// Too many calls are waiting; the service is working and will take calls again later.
  case overloaded(waitingCalls: Int)
  /// The service was shut down before the call was complete.
  case shutDown
  /// The system refused to start a thread.
  case noThread(started: Int)
}

extension TranslationError: CustomStringConvertible {
  /// What is wrong, and what to do next.
  public var description: String {
    switch self {
    case .option(let name, let found, let expected):
      "\(name) is \(found); expected a whole number from \(expected.lowerBound) to \(expected.upperBound)"
    case .search(let error):
      error.description
    case .protect(let pattern, let problem):
      "'\(pattern)' cannot be protected: \(problem); expected a regular expression, such as '[A-Z]{2}-[0-9]+'"
    case .vocabularySize(let vocabulary, let model):
      "the vocabulary has \(vocabulary) tokens, the model \(model); "
        + "use the vocabulary that the model was trained with"
    case .specialTokens(let vocabulary, let model):
      "the vocabulary's special tokens are \(vocabulary), the model's are \(model); use the vocabulary that the model "
        + "was trained with, or correct the ids in config.json"
    case .differentVocabularies(let folder, let other):
      "the models '\(folder)' and '\(other)' have different vocabularies; an ensemble needs a shared one"
    case .lineTag(let line, let error): "line \(line): \(error)"
    case .tag(let error):
      error.description
    case .noRoomForTag(let maxLength):
      "the model reads sentences of at most \(maxLength) tokens, too few for a tag, a word and </s>; "
        + "its config.json (max_position_embeddings) is damaged, copy it again"
    case .notAutoregressive(let folder):
      "the model '\(folder)' is non-autoregressive; only autoregressive models can form an ensemble"
    case .noDecoder(let choice, let has):
      "the model has no \(choice == .auto ? "second" : choice.rawValue) decoder, only one that is "
        + "\(has.rawValue); leave '--decoder \(choice.rawValue)' out, or train with --decoder both"
    case .noTermMarks:
      "the model cannot read translations of terms: its vocabulary has no marks for them; leave out '--glossary-use', or train it "
        + "with '--annotate-terms'"
    case .notCalibrated:
      "the model was not calibrated, so its confidence is not known; run "
        + "'calibrate-model --model MODEL --source VALID.en --target VALID.de' first, with text and its translation (an "
        + "ensemble has none)"
    case .damagedModel(let line):
      "line \(line): the model's scores are NaN or infinite; its weights are damaged, train or copy it again"
    case .overloaded(let waitingCalls):
      "\(waitingCalls) calls are already waiting for the translator; try again later"
    case .shutDown:
      "the translator was shut down"
    case .noThread(let started):
      "the system refused to start another thread after \(started); use fewer threads"
    }
  }
}
