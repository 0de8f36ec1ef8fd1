public import CommandLineArguments
import Formatting
public import Translation

extension TermMatching: ArgumentValue {}
extension TermUse: ArgumentValue {}

/// Which words translations must and must not contain.
struct TermOptionGroup: OptionGroup {
  var glossary = ""
  var domain = ""
  var matching = TranslationRequest().termMatching
  var use: TermUse?
  var forbidden: [String] = []

  static let title = "Terms"
  static let options: [Option<Self>] = [
    Option(
      "--glossary", "file",
      "terms that must be translated as the file says: source term, tab, target forms separated by '|', and possibly "
        + "a tab and a domain; or TBX", \.glossary
    ).common,
    Option(
      "--glossary-domain", "name", "use only terms of this domain, and those without one", \.domain),
    Option(
      "--glossary-match", "how",
      "how the words of terms are found: exact ignores case, stem also finds words with other endings",
      \.matching),
    Option(
      "--glossary-use", "how",
      "what terms do: require searches for the target forms as they are written, annotate tells the model the first of them, "
        + "which it may inflect, both does both; annotate needs a model trained with --annotate-terms, and is then part of the "
        + "default",
      \.use),
    Option(
      "--forbid", "words", "words that no translation may contain; may be repeated", \.forbidden),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if glossary.isEmpty, !domain.isEmpty || matching != .exact {
      throw .conflict("'--glossary-domain' and '--glossary-match' need '--glossary'")
    }
  }

  /// - Throws: `FileError` if the glossary cannot be read.
  func apply(to request: inout TranslationRequest, of service: TranslationService) throws {
    (request.forbidden, request.termMatching, request.termUse) = (forbidden, matching, use)
    if !glossary.isEmpty { request.glossary = try service.readGlossary(path: glossary, domain: domain) }
  }
}
