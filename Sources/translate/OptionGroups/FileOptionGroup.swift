import CommandLineArguments
import Formatting
import Translation

/// Models, input and output.
struct FileOptionGroup: OptionGroup {
  var model: [String] = []
  var input = "-"
  var output = "-"
  var prefixSource: String?
  var scores = false
  var json = false
  var tokenScores = false
  var timing = false
  var alignment: AlignmentKind?
  var inputFormat = InputFormat.text
  var prefixes = ""
  var translations = ""
  var scoreFormat = ScoreFormat.text
  var alternativesAt: Int?

  enum ScoreFormat: String, CaseIterable, ArgumentValue {
    case text, nbest
  }

  enum AlignmentKind: String, CaseIterable, ArgumentValue {
    case hard, soft
  }

  static let title = "Files"
  static let options: [Option<Self>] = [
    Option(
      "--model", short: "m", "folder,...", "model folder; several with one vocabulary form an ensemble",
      \.model, required: true, list: .commaSeparated),
    Option(
      "--input", "file",
      "text to translate, plain or gzip; '-' is standard input: at a terminal you are asked for lines, which you can edit",
      \.input
    ).common,
    Option("--output", "file", "output file for the translations; '-' is standard output", \.output).common,
    Option(
      "--input-format", "name",
      "how the input is written: lines of text; tabbed, with the beginning of the translation after a tab; json, objects "
        + "with text, tag, prefix, translation, nbest, alternatives_at, glossary and protect; or a document, whose text is "
        + "translated in place",
      \.inputFormat),
    Option(
      "--prefix", "file",
      "how the translation of each line begins, possibly within a word; lines may be empty",
      \.prefixes),
    Option(
      "--score", "file",
      "score these translations, one for each line, instead of searching for any; prints scores as --scores does",
      \.translations),
    Option(
      "--score-format", "name",
      "what --score has: text, a translation in each line; or nbest, lists such as --n-best prints, from any program: "
        + "prints each line's translations, best first", \.scoreFormat
    ).only(with: \.translations),
    Option(
      "--alternatives-at", "position",
      "print the likely next words after this many characters of --prefix, or of the translation or prefix in "
        + "--input-format: line ||| word ||| probability ||| whole translation; --n-best says how many (default: 5)",
      \.alternativesAt, limit: .atLeast(0)),
    Option(
      "--prefix-source", "tag", "tag for every line, if the model was trained with tags", \.prefixSource
    ).common,
    Option("--scores", "print the score before each translation", \.scores).common,
    Option("--json", "print one JSON object per line", \.json).common,
    Option(
      "--token-scores", "with --json, also print the log-probability of each token", \.tokenScores),
    Option(
      "--timing",
      "with --json, also print the seconds from reading a line to having its translation; lines are translated in "
        + "batches, so most of it is shared", \.timing),
    Option(
      "--alignment", "kind",
      "print, after each translation and ' ||| ', which source words its words come from: hard prints pairs such as "
        + "0-0 1-2, soft the share of each source word; with --json, pairs", \.alignment),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if !prefixes.isEmpty, !translations.isEmpty {
      throw .conflict("'--score' has whole translations, so '--prefix' has no effect; leave one of them out")
    }
    if inputFormat != .text, !prefixes.isEmpty || !translations.isEmpty {
      throw .conflict(
        "'--input-format \(inputFormat.rawValue)' says what each line asks for; put it there, or leave out '--prefix' and "
          + "'--score'")
    }
    if let alternativesAt, alternativesAt > 0, inputFormat == .text, prefixes.isEmpty {
      throw .conflict(
        "'--alternatives-at \(alternativesAt)' needs the beginning of translations, from '--prefix' or '--input-format'"
      )
    }
    if alternativesAt != nil, !translations.isEmpty || alignment != nil || scores {
      throw .conflict(
        "'--alternatives-at' prints words and their probabilities; leave out '--score', '--scores' and '--alignment'"
      )
    }
    if tokenScores, !json { throw .conflict("'--token-scores' are printed with '--json'; add it") }
    if timing, !json { throw .conflict("'--timing' is printed with '--json'; add it") }
    if scores, alignment != nil, !json {
      throw .conflict(
        "'--scores' and '--alignment' are printed together only with '--json'; add it, or leave one out")
    }
    if model.contains("") {
      throw .conflict("'--model' has an empty name; write '--model <folder>' or '--model <folder>,<folder>'")
    }
  }

  /// Whether lines ask for what only a search with an autoregressive decoder can do.
  var guidesLines: Bool {
    [.tabbed, .json].contains(inputFormat) || !prefixes.isEmpty || !translations.isEmpty
      || alternativesAt != nil
  }

  /// The file whose lines belong to those of the text.
  func companion() throws -> CompanionLines? {
    if !prefixes.isEmpty { return try CompanionLines(.prefixes, path: prefixes) }
    if translations.isEmpty { return nil }
    return try CompanionLines(scoreFormat == .nbest ? .nBestLists : .translations, path: translations)
  }
}
