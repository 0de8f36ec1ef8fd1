import Corpora
import Files
import Recipes
import Text

/// What is made from the text: validation pairs, word counts, a vocabulary.
extension AutomaticRecipe {
  /// Chooses pairs to validate on.
  mutating func holdOut() throws {
    let files = request.files
    let pairs = try HeldOutPairs(
      sourceFiles: files.trainSource, targetFiles: files.trainTarget, seed: request.batches.seed,
      count: HeldOutRule.count(pairs:), limit: HeldOutRule.limit(pairs:)
    ) { monitor.prepare(.holdingOut, $0) }
    guard pairs.pairsRead >= HeldOutRule.leastPairs else {
      throw RecipeError.tooFewPairs(pairs.pairsRead, paths: files.trainSource)
    }
    guard pairs.pairs.count >= HeldOutRule.least else {
      throw RecipeError.tooFewLines(
        pairs.pairs.count, pairs: pairs.pairsRead, paths: files.trainSource)
    }
    try monitor.checkCancellation()
    heldOut = pairs
  }

  /// Counts the words of the training text.
  mutating func countWords() throws {
    let sides: [(TextPipeline.Side, [String])] = [
      (.source, request.files.trainSource), (.target, request.files.trainTarget),
    ]
    for (side, paths) in sides {
      for (index, path) in paths.enumerated() {
        try learner.count(path: path, side: side, leavingOut: heldOut?.lines[index] ?? []) {
          [monitor] lines in monitor.prepare(.countingWords(path: path), lines)
        }
        try monitor.checkCancellation()
      }
    }
    try learner.requireWords()
    let leftOut = heldOut?.lines.reduce(0) { $0 + $1.count } ?? 0
    profile = TextProfile(
      pairs: learner.source.lines - leftOut, source: TextProfile.Side(learner.source.counts),
      target: TextProfile.Side(learner.target.counts))
  }

  /// Chooses the settings of the vocabulary, and learns it.
  mutating func buildVocabulary() throws -> TextPipeline {
    let asked = request.vocabulary
    try take(
      asked.sourceLanguage.isEmpty ? VocabularyRules.languageChoice(.source, profile) : nil,
      asked.targetLanguage.isEmpty ? VocabularyRules.languageChoice(.target, profile) : nil,
      VocabularyRules.sharing(profile))
    try take(VocabularyRules.merges(profile, isJoint: completed.vocabulary.joint))
    let chosen = completed.vocabulary
    let settings = chosen.pipelineSettings
    for warning in settings.languageWarnings { monitor.note(.languageWarning(warning)) }
    learner.name(sourceLanguage: settings.sourceLanguage, targetLanguage: settings.targetLanguage)
    learner.choose(joint: chosen.joint, merges: chosen.merges ?? 0)
    return try learner.learn { _, merges in
      if merges % 256 == 0 { monitor.prepare(.learningVocabulary, merges, of: chosen.merges) }
    }
  }

  /// Writes the held-out pairs to the model folder.
  func write(_ pairs: HeldOutPairs) throws {
    let paths = RecipeFile.heldOutPaths(in: request.files.model)
    try writeFileAtomically(path: paths.source, contents: pairs.pairs.flatMap { $0.source + [0x0a] })
    try writeFileAtomically(path: paths.target, contents: pairs.pairs.flatMap { $0.target + [0x0a] })
    let leftOut = pairs.lines.reduce(0) { $0 + $1.count }
    monitor.note(
      .heldOut(
        pairs: pairs.pairs.count, others: leftOut - pairs.pairs.count, sourcePath: paths.source,
        targetPath: paths.target))
  }
}
