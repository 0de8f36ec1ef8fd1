import CorpusFormats
import Files
import Formatting
import Reporting
import Text

/// The work of `build-vocab`: counts words, learns a segmentation, writes the folder and reports the result.
struct VocabularyBuild {
  private let arguments: BuildVocabArguments
  private let console = Console.standardError
  private var learner: VocabularyLearner

  /// The work of checked arguments.
  ///
  /// - Throws: `LanguageError` for a code that is not that of a language, and `FileError` if a list of words cannot be
  ///   read.
  init(_ arguments: BuildVocabArguments) throws {
    self.arguments = arguments
    var settings = try arguments.settings.withCanonicalLanguages()
    settings.protectedWords = try readProtectedWords(arguments.protectedWordFiles)
    learner = VocabularyLearner(settings: settings, limits: arguments.limits, threads: arguments.threads)
  }

  mutating func run() throws {
    // Fail before the long work if the result could not be written.
    try TextPipeline.checkReplaceable(folder: arguments.output)
    let output = arguments.output
    try requireWritableFolder(folderExists(output) ? output : folder(of: output))
    let clock = ContinuousClock()
    let start = clock.now
    try count(arguments.source, .source)
    try count(arguments.target, .target)
    for path in arguments.train { try count(pairsOf: path) }
    try learner.requireWords()
    let counted = clock.now
    let pipeline = try learn()
    let learned = clock.now
    let change = try pipeline.replaceFolder(at: arguments.output)
    warn(pipeline)
    let report = BuildReport(pipeline: pipeline, source: learner.source, target: learner.target)
    for line in report.lines { console.message(line) }
    console.message(
      "time        \(seconds(counted - start)) reading and counting, \(seconds(learned - counted)) learning")
    let verb = change == .replaced ? "replaced the vocabulary in" : "wrote"
    console.message("\(verb) \(arguments.output)")
  }

  /// The parent folder of a path.
  private func folder(of path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private mutating func count(_ paths: [String], _ side: TextPipeline.Side) throws {
    for path in paths {
      let bar = ProgressBar("\(path): line", total: nil)
      defer { bar.finish() }
      try learner.count(path: path, side: side) { bar.update($0) }
    }
  }

  /// Counts the words of both sides of a file.
  private mutating func count(pairsOf path: String) throws {
    let settings = learner.settings
    var pairs = try CorpusPairs(
      path: path, sourceLanguage: settings.sourceLanguage, targetLanguage: settings.targetLanguage,
      keepsTags: arguments.keepsTags)
    let bar = ProgressBar("\(path): pair", total: nil)
    defer { bar.finish() }
    try learner.count(pairsOf: path, { () throws(FileError) in try pairs.next() }) { bar.update($0) }
    bar.finish()
    for line in pairs.report { console.message(line) }
  }

  private func learn() throws -> TextPipeline {
    if arguments.segmentation == .sentencepiece { return try learner.learn() }
    let bar = ProgressBar("merge", total: arguments.settings.merges)
    defer { bar.finish() }
    return try learner.learn { side, merges in
      if merges % 256 == 0 { bar.update(merges, side?.rawValue ?? "") }
    }
  }

  private func seconds(_ duration: Duration) -> String {
    Readable.decimal(duration / .seconds(1), 2) + " s"
  }
}

extension VocabularyBuild {
  /// Warns about problems that are not errors.
  private func warn(_ pipeline: TextPipeline) {
    let (source, target, settings) = (learner.source, learner.target, learner.settings)
    for warning in settings.languageWarnings { warn(warning) }
    if source.lines != target.lines {
      warn(
        "the source has \(Readable.count(source.lines)) lines, the target \(Readable.count(target.lines)); "
          + "the vocabulary is learned anyway, but training needs a translation for each line")
    }
    for counter in [source, target] where !counter.repaired.isEmpty {
      let places = counter.repaired.prefix(3).map { "\($0.path):\($0.line)" }.joined(separator: ", ")
      let more = counter.repaired.count > 3 ? ", …" : ""
      warn(
        "lines that are not valid UTF-8: \(counter.repaired.count) (\(places)\(more)); invalid bytes were replaced "
          + "with U+FFFD")
    }
    for side in settings.joint ? [.source] : TextPipeline.Side.allCases {
      for learned in pipeline.learned(side) where learned.count < learned.wanted {
        let name = settings.joint ? "" : " for the \(side.rawValue)"
        warn(
          "only \(Readable.count(learned.count)) of \(Readable.count(learned.wanted)) \(learned.name) "
            + "learned\(name): \(learned.reason)")
      }
    }
  }

  private func warn(_ text: String) { console.message("warning: \(text)") }
}
