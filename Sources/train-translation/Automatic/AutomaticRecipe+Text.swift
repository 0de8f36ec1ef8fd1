import Corpora
import Files
import Formatting
import Recipes
import Reporting
import Text

/// What is made of the text: validation pairs, counts of words, a vocabulary.
extension AutomaticRecipe {
  /// Chooses pairs to validate on.
  mutating func holdOut() throws {
    let bar = ProgressBar("pair", total: nil)
    defer { bar.finish() }
    let pairs = try HeldOutPairs(
      sourceFiles: arguments.trainSource, targetFiles: arguments.trainTarget, seed: arguments.seed,
      count: HeldOutRule.count(pairs:)
    ) { bar.update($0, "holding out validation text") }
    guard !pairs.pairs.isEmpty else {
      throw RecipeError.tooFewPairs(pairs.pairsRead, paths: arguments.trainSource)
    }
    heldOut = pairs
  }

  /// Counts the words of what is trained on.
  mutating func countWords() throws {
    let sides: [(TextPipeline.Side, [String])] = [
      (.source, arguments.trainSource), (.target, arguments.trainTarget),
    ]
    for (side, paths) in sides {
      for (index, path) in paths.enumerated() {
        let bar = ProgressBar("\(path): line", total: nil)
        defer { bar.finish() }
        try learner.count(path: path, side: side, leavingOut: heldOut?.lines[index] ?? []) {
          bar.update($0, "counting words")
        }
      }
    }
    try learner.requireWords()
    let leftOut = heldOut?.lines.reduce(0) { $0 + $1.count } ?? 0
    profile = TextProfile(
      pairs: learner.source.lines - leftOut, source: TextProfile.Side(learner.source.counts),
      target: TextProfile.Side(learner.target.counts))
  }

  /// Chooses what a vocabulary shall be, and learns it.
  mutating func buildVocabulary() throws -> TextPipeline {
    try take(
      arguments.sourceLanguage.isEmpty ? VocabularyRules.languageChoice(.source, profile) : nil,
      arguments.targetLanguage.isEmpty ? VocabularyRules.languageChoice(.target, profile) : nil,
      VocabularyRules.sharing(profile))
    try take(VocabularyRules.merges(profile, isJoint: arguments.joint))
    learner.name(sourceLanguage: arguments.sourceLanguage, targetLanguage: arguments.targetLanguage)
    learner.choose(joint: arguments.joint, merges: arguments.merges ?? 0)
    let bar = ProgressBar("merge", total: arguments.merges)
    defer { bar.finish() }
    return try learner.learn { _, merges in if merges % 256 == 0 { bar.update(merges, "learning") } }
  }

  /// Writes the pairs into the model folder, to validate on those files.
  mutating func write(_ pairs: HeldOutPairs) throws {
    let paths = RecipeFile.heldOutPaths(in: arguments.model)
    try writeFileAtomically(path: paths.source, contents: pairs.pairs.flatMap { $0.source + [0x0a] })
    try writeFileAtomically(path: paths.target, contents: pairs.pairs.flatMap { $0.target + [0x0a] })
    arguments.useHeldOutPairs()
    let leftOut = pairs.lines.reduce(0) { $0 + $1.count }
    say(
      "no validation text was given: \(Readable.count(pairs.pairs.count)) pairs are held out for it, in "
        + "'\(paths.source)' and '\(paths.target)'; they and \(Readable.count(leftOut - pairs.pairs.count)) pairs "
        + "with the same source lines are not trained on")
  }
}
