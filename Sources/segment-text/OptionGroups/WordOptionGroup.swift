public import CommandLineArguments
public import Text

/// How text becomes words.
struct WordOptionGroup: OptionGroup {
  var language = ""
  var tokenizes = false
  var normalization = NormalizationForm.none
  var lowercase = false

  /// Whether text is split into words, or words are joined to text.
  var isUsed: Bool { tokenizes || !language.isEmpty }

  static let title = "Words"
  static let options: [Option<Self>] = [
    Option(
      "--language", "code",
      "split text in this language into words, as build-vocab does, such as 'de' or 'pt-BR'",
      \.language),
    Option("--tokenize", "split text into words without the rules of a language", \.tokenizes),
    Option("--normalization", "form", "Unicode normalization form before words are split", \.normalization),
    Option("--lowercase", "lowercase all text", \.lowercase),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    do { _ = try Language(code: language) } catch { throw .conflict("'--language': \(error)") }
  }
}

extension NormalizationForm: ArgumentValue {}
