public import Decoding
public import Text
public import Tokens

/// Why text cannot be translated.
public enum TranslationError: Error, Equatable {
  /// An option has a value that it cannot have.
  case option(name: String, found: Int, expected: ClosedRange<Int>)
  /// A search option has a value that it cannot have.
  case search(SearchOptionsError)
  /// Vocabulary and model are not of the same size.
  case vocabularySize(vocabulary: Int, model: Int)
  /// Vocabulary and model have different ids for the tokens that do not stand for text.
  case specialTokens(vocabulary: SpecialTokens, model: SpecialTokens)
  /// Models that are to work together do not share their vocabulary.
  case differentVocabularies(folder: String, other: String)
  /// The vocabulary has no such tag.
  case tag(VocabularyError)
  /// The model reads so few tokens that none is left for text behind a tag.
  case noRoomForTag(maxLength: Int)
  /// A model that is to work together with others predicts all tokens at once.
  case notAutoregressive(folder: String)
  /// The model lacks a decoder that was asked for.
  case noDecoder(DecoderChoice, has: DecoderChoice)
  /// The model's scores were NaN or infinite.
  case damagedModel(line: Int)
  /// So many calls wait for room that the service takes no further one; nothing is wrong with it.
  case overloaded(waitingCalls: Int)
  /// The service was shut down before the call was done.
  case shutDown
  /// The system refuses a thread.
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
    case .vocabularySize(let vocabulary, let model):
      "the vocabulary has \(vocabulary) tokens, the model \(model); "
        + "use the vocabulary that the model was trained with"
    case .specialTokens(let vocabulary, let model):
      "the vocabulary's special tokens are \(vocabulary), the model's are \(model); use the vocabulary that the model "
        + "was trained with, or correct the ids in config.json"
    case .differentVocabularies(let folder, let other):
      "the models '\(folder)' and '\(other)' have different vocabularies; models of one vocabulary can work together"
    case .tag(let error):
      error.description
    case .noRoomForTag(let maxLength):
      "the model reads sentences of at most \(maxLength) tokens, too few for a tag, a word and </s>; "
        + "its config.json (max_position_embeddings) is damaged, copy it again"
    case .notAutoregressive(let folder):
      "the model '\(folder)' predicts all tokens at once; only models that predict token by token can work together"
    case .noDecoder(let choice, let has):
      "the model has no \(choice == .auto ? "second" : choice.rawValue) decoder, only one that is "
        + "\(has.rawValue); leave '--decoder \(choice.rawValue)' out, or train with --decoder both"
    case .damagedModel(let line):
      "line \(line): the model's scores are not numbers; its weights are damaged, train or copy it again"
    case .overloaded(let waitingCalls):
      "\(waitingCalls) calls wait for the translator already; try again later"
    case .shutDown:
      "the translator was shut down"
    case .noThread(let started):
      "the system refuses another thread after \(started); ask for fewer threads"
    }
  }
}
