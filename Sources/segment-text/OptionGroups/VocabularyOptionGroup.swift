import CommandLineArguments
import Text

/// A vocabulary that determines words and subwords.
struct VocabularyOptionGroup: OptionGroup {
  var folder = ""
  var isTarget = false

  /// The side whose text this is.
  var side: TextPipeline.Side { isTarget ? .target : .source }

  static let title = "A model's view"
  static let options: [Option<Self>] = [
    Option(
      "--vocab", "folder", "split text like a model with this vocabulary; a folder of build-vocab or a model",
      \.folder),
    Option("--source", "the text is in the source language", \.isTarget, sets: false).only(with: \.folder),
    Option("--target", "the text is in the target language", \.isTarget).only(with: \.folder),
  ]
}
