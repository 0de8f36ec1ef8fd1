public import CommandLineArguments
import TrainingSession

extension VocabularyRequest.Tokenizer: ArgumentValue {}
extension VocabularyRequest.Normalization: ArgumentValue {}

extension TrainTranslationArguments {
  /// What the preset `auto` needs to build a vocabulary, as `build-vocab` does, and a look at its plan.
  static let automaticOptions = OptionGroupReference<Self>.options(
    "Preset auto (all but --plan build a vocabulary where --vocab is left out; see build-vocab --help)",
    [
      Option(
        "--source-language", "code", "language of the source, as 'de' or 'pt-BR'",
        \.request.vocabulary.sourceLanguage),
      Option(
        "--target-language", "code", "language of the target", \.request.vocabulary.targetLanguage),
      Option(
        "--tokenizer", "kind", "'whitespace' for text that is tokenized already",
        \.request.vocabulary.tokenizer),
      Option(
        "--normalization", "form", "which spelling of equal characters is kept",
        \.request.vocabulary.normalization),
      Option("--lowercase", "put all text in lower case", \.request.vocabulary.lowercase),
      Option(
        "--merges", "count", "merge operations of byte pair encoding (default: by the text)",
        \.request.vocabulary.merges, limit: .atLeast(0)),
      Option(
        "--joint", "one vocabulary for both sides (default: where they share a script)",
        \.request.vocabulary.joint),
      Option("--separate", "a vocabulary for each side", \.request.vocabulary.joint, sets: false),
      Option("--plan", "only print what --preset auto would choose; nothing is written", \.plan),
    ])

  /// A paragraph of the help text.
  static let automaticDiscussion = """
    With --preset auto, nothing but text and a folder must be given. It counts words, learns a vocabulary where \
    --vocab is left out (into MODEL), holds pairs out for validation where no validation text is given (they are \
    never trained on, and lie in MODEL/valid.source.txt and MODEL/valid.target.txt), trains models of several sizes \
    for a moment to learn how fast this machine is, and chooses size, precision, batches, regularization and \
    schedule so that the learning rate is down when --time-budget is up. It prints each choice with its reason and \
    its source. What is given wins. --plan prints the table and ends; --resume keeps the choices in \
    MODEL/recipe.json.
    """
}
