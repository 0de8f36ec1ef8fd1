import CommandLineArguments
import Formatting
import Machine
import Text

/// The options of `segment-text`.
struct SegmentTextArguments: CommandArguments {
  var words = WordOptionGroup()
  var codes = CodesOptionGroup()
  var vocabulary = VocabularyOptionGroup()
  var protected: [String] = []
  var isUndone = false
  var threads = availableProcessors()

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.words), .group(\.codes), .group(\.vocabulary), .options("Protected text", protectionOptions),
    .options("Direction", directionOptions), .options("Machine", machineOptions),
  ]

  private static let protectionOptions: [Option<Self>] = [
    Option(
      "--protect", "pattern",
      "regular expression (ICU) of text that is not split; with --codes alone like subword-nmt's --glossaries, "
        + "otherwise it matches whole words; repeat for more",
      \.protected)
  ]

  private static let directionOptions: [Option<Self>] = [
    Option("--undo", "turn tokens and subwords back into text; takes the options that made them", \.isUndone)
  ]

  private static let machineOptions: [Option<Self>] = [
    Option("--threads", "count", "threads that work on lines", \.threads, limit: .atLeast(1))
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    guard vocabulary.folder.isEmpty else { return try requireOnlyVocabulary(given) }
    guard words.isUsed || !codes.path.isEmpty || isUndone else {
      throw .conflict(
        "nothing to do: give '--language' to split text into words, '--codes' to split words into subwords, "
          + "'--vocab' for both as a model does it, or '--undo' to restore text")
    }
    for pattern in protected {
      if let problem = ProtectedWords.problem(ofPattern: pattern) {
        throw .conflict("'--protect \(pattern)': \(problem)")
      }
    }
    if !words.isUsed, let option = given.first(of: \.words.normalization, \.words.lowercase) {
      throw .conflict("'\(given.name(of: option))' needs '--language' or '--tokenize'")
    }
  }

  /// The vocabulary determines everything, so any other option would be silently ignored.
  private func requireOnlyVocabulary(_ given: GivenOptions<Self>) throws(ArgumentError) {
    let other = given.firstName(except: \.vocabulary.folder, \.vocabulary.isTarget, \.isUndone, \.threads)
    guard let other else { return }
    throw .conflict(
      "'\(other)' has no effect with '--vocab', which determines everything; leave one of them out")
  }
}
