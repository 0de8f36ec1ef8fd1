public import CommandLineArguments
import Formatting
public import Translation

extension ProtectedKind: ArgumentValue {}
extension MissingSpans: ArgumentValue {}

/// What translations must contain as it is.
struct ProtectionOptionGroup: OptionGroup {
  var patterns: [String] = []
  var kinds = ProtectedKind.standard
  var missing = TranslationRequest().protection.missing

  static let title = "Protected spans"
  static let options: [Option<Self>] = [
    Option(
      "--protect", "pattern",
      "regular expression (ICU) of what the translation must contain as it is, such as '[A-Z]{2}-[0-9]+'; repeat for "
        + "more", \.patterns
    ).common,
    Option(
      "--protect-kinds", "kind,...", "what else is protected where it is found; none turns this off",
      \.kinds, list: .commaSeparated),
    Option(
      "--missing-spans", "how",
      "what becomes of protected spans that the model leaves out: insert puts them where alignment says, report only "
        + "names them", \.missing),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if kinds.count > 1, let alone = kinds.first(where: { $0 == .none || $0 == .all }) {
      throw .conflict("'--protect-kinds' has '\(alone.rawValue)' and others; give only one of them")
    }
  }

  func apply(to request: inout TranslationRequest) {
    request.protection = Protection(kinds, patterns: patterns, missing: missing)
  }
}
