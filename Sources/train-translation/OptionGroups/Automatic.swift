public import CommandLineArguments
import TrainingOptions
import TrainingSession

extension VocabularyRequest.Tokenizer: ArgumentValue {}
extension VocabularyRequest.Normalization: ArgumentValue {}

extension TrainTranslationArguments {
  /// Options of the preset `auto`: settings of the vocabulary that it builds, as in `build-vocab`, and `--plan`.
  static let automaticOptions = OptionGroupReference<Self>.options(
    "Preset auto (all but --plan are for the vocabulary that it builds without --vocab; see build-vocab --help)",
    [
      Option(
        "--source-language", "code",
        "language of the source, such as 'de' or 'pt-BR'; also finds it in --train and --valid",
        \.request.vocabulary.sourceLanguage),
      Option(
        "--target-language", "code", "language of the target", \.request.vocabulary.targetLanguage),
      Option(
        "--tokenizer", "kind", "word tokenizer; 'whitespace' for pre-tokenized text",
        \.request.vocabulary.tokenizer),
      Option(
        "--normalization", "form", "Unicode normalization form",
        \.request.vocabulary.normalization),
      Option("--lowercase", "lowercase all text", \.request.vocabulary.lowercase),
      Option(
        "--merges", "count", "number of BPE merges (default: chosen from the text)",
        \.request.vocabulary.merges, limit: .training("--merges")),
      Option(
        "--joint", "share one vocabulary between both sides (default: if they share a script)",
        \.request.vocabulary.joint),
      Option("--separate", "use one vocabulary per side", \.request.vocabulary.joint, sets: false),
      Option("--plan", "print what --preset auto would choose and exit without writing anything", \.plan),
    ])

  /// A paragraph of the help text.
  static let automaticDiscussion = """
    With --preset auto, only text and an output folder are needed. It counts words, learns a vocabulary if --vocab \
    is not given (into MODEL), holds out pairs for validation if no validation text is given (they are never trained \
    on and are kept in MODEL/valid.source.txt and MODEL/valid.target.txt), briefly trains models of several sizes to \
    measure this machine, and chooses size, precision (bfloat16 if its products are measured to be clearly faster), \
    batches, regularization and a schedule whose learning rate reaches its minimum when --time-budget runs out. It \
    prints each choice with its reason and source. Options you set yourself take precedence. --plan prints the table \
    and exits; --resume keeps the choices in MODEL/recipe.json.
    """
}
