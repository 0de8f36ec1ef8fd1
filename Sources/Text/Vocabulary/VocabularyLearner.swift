public import Files

/// Learns a vocabulary from text: counts the words of both sides, then their merges.
///
///     var learner = VocabularyLearner(settings: settings, threads: 2)
///     try learner.count(path: "train.en", side: .source)
///     try learner.count(path: "train.de", side: .target)
///     let pipeline = try learner.learn()
public struct VocabularyLearner: Sendable {
  /// How the pipeline prepares text; merges and whether they are joint may still change when the words are counted.
  public private(set) var settings: TextPipelineSettings
  /// The words of the source side.
  public private(set) var source: WordCounter
  /// The words of the target side.
  public private(set) var target: WordCounter
  private var paths: [TextPipeline.Side: [String]] = [:]

  /// A learner that has seen no text.
  ///
  /// - Parameters:
  ///   - settings: how lines become words, and what is learned of those.
  ///   - threads: threads that prepare lines, at least 1; the result does not depend on it.
  public init(settings: TextPipelineSettings, threads: Int) {
    self.settings = settings
    source = WordCounter(settings: settings, side: .source, threads: threads)
    target = WordCounter(settings: settings, side: .target, threads: threads)
  }

  /// The words of a side.
  public func counter(_ side: TextPipeline.Side) -> WordCounter { side == .source ? source : target }

  /// Counts the words of a file.
  ///
  /// - Parameters:
  ///   - path: a file, plain or gzip, or `-` for standard input.
  ///   - side: where they belong.
  ///   - leftOut: lines, counted from 1, that count as empty.
  ///   - progress: called now and then with the lines of this file read so far.
  /// - Throws: `FileError` where the file cannot be read.
  public mutating func count(
    path: String, side: TextPipeline.Side, leavingOut leftOut: Set<Int> = [],
    progress: (Int) -> Void = { _ in }
  ) throws(FileError) {
    paths[side, default: []].append(path)
    let before = counter(side).lines
    switch side {
    case .source: try source.add(path: path, leavingOut: leftOut) { progress($0 - before) }
    case .target: try target.add(path: path, leavingOut: leftOut) { progress($0 - before) }
    }
  }

  /// Decides what is learned of the words that are counted.
  public mutating func choose(joint: Bool, merges: Int) {
    (settings.joint, settings.merges) = (joint, merges)
  }

  /// Names the languages, which are known by the words' scripts now; it changes nothing in how words are found.
  public mutating func name(sourceLanguage: String, targetLanguage: String) {
    (settings.sourceLanguage, settings.targetLanguage) = (sourceLanguage, targetLanguage)
  }

  /// Learns merges and makes the vocabulary of them.
  ///
  /// - Parameter progress: called after each merge with the side, nil for both, and the merges learned.
  /// - Returns: the pipeline, which is in no folder yet.
  /// - Throws: ``VocabularyError/noWords(paths:)`` where there is nothing to learn from.
  public func learn(
    progress: (_ side: TextPipeline.Side?, _ merges: Int) -> Void = { _, _ in }
  ) throws(VocabularyError) -> TextPipeline {
    try requireWords()
    guard !settings.joint else {
      var counts = source.counts
      counts.add(target.counts)
      let (encoding, vocabulary) = learn(from: counts, tags: settings.tags) { progress(nil, $0) }
      return TextPipeline(settings: settings, encoding: encoding, vocabulary: vocabulary)
    }
    return TextPipeline(
      settings: settings, source: learn(from: source.counts, tags: settings.tags) { progress(.source, $0) },
      target: learn(from: target.counts, tags: []) { progress(.target, $0) })
  }

  /// Makes sure that there are words to learn from.
  ///
  /// - Throws: ``VocabularyError/noWords(paths:)``.
  public func requireWords() throws(VocabularyError) {
    let empty = (source: source.counts.types == 0, target: target.counts.types == 0)
    if empty.source && (empty.target || !settings.joint) { throw .noWords(paths: paths[.source] ?? []) }
    if empty.target && !settings.joint { throw .noWords(paths: paths[.target] ?? []) }
  }

  private func learn(
    from counts: WordCounts, tags: [String], progress: (Int) -> Void
  ) -> (encoding: BytePairEncoding, vocabulary: Vocabulary) {
    let encoding = BytePairEncoding.learn(from: counts, merges: settings.merges, progress: progress)
    let vocabulary = Vocabulary(
      of: counts, encoding: encoding, minimumFrequency: settings.minimumFrequency, tags: tags)
    return (encoding, vocabulary)
  }
}
