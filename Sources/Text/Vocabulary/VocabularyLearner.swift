public import Files

/// Learns a vocabulary from text: counts the words of both sides, then has the segmentation learn from them.
///
///     var learner = VocabularyLearner(settings: settings, threads: 2)
///     try learner.count(path: "train.en", side: .source)
///     try learner.count(path: "train.de", side: .target)
///     let pipeline = try learner.learn()
public struct VocabularyLearner: Sendable {
  /// How the pipeline prepares text; merges and whether they are joint may still change once words are counted.
  public private(set) var settings: TextPipelineSettings
  /// The words of the source side.
  public private(set) var source: WordCounter
  /// The words of the target side.
  public private(set) var target: WordCounter
  private var paths: [TextPipeline.Side: [String]] = [:]

  /// A learner that has seen no text yet.
  ///
  /// - Parameters:
  ///   - settings: how lines become words, and what is learned from those; the segmentation is registered in
  ///     ``SegmentationTable``.
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

  /// Decides what is learned from the words that were counted.
  public mutating func choose(joint: Bool, merges: Int) {
    (settings.joint, settings.merges) = (joint, merges)
  }

  /// Names the languages, now that the words' scripts are known; this does not change how words are found.
  public mutating func name(sourceLanguage: String, targetLanguage: String) {
    (settings.sourceLanguage, settings.targetLanguage) = (sourceLanguage, targetLanguage)
  }

  /// Learns the segmentation and its vocabulary.
  ///
  /// - Parameter progress: called after each step with the side, nil for both, and the steps done, such as merges.
  /// - Returns: the pipeline, not yet written to a folder.
  /// - Throws: ``VocabularyError/noWords(paths:)`` where there is nothing to learn from,
  ///   ``VocabularyError/notLearnable(segmentation:)`` for a segmentation that can only be read.
  public func learn(
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void = { _, _ in }
  ) throws(VocabularyError) -> TextPipeline {
    try requireWords()
    return try learn(settings.kind, progress: progress)
  }

  private func learn<Kind: Segmentation>(
    _ kind: Kind.Type, progress: (TextPipeline.Side?, Int) -> Void
  ) throws(VocabularyError) -> TextPipeline {
    let (source, target) = try kind.learn(
      from: (source.counts, target.counts), settings: settings, progress: progress)
    return TextPipeline(settings: settings, source: source, target: target)
  }

  /// Makes sure that there are words to learn from.
  ///
  /// - Throws: ``VocabularyError/noWords(paths:)``.
  public func requireWords() throws(VocabularyError) {
    let empty = (source: source.counts.types == 0, target: target.counts.types == 0)
    if empty.source && (empty.target || !settings.joint) { throw .noWords(paths: paths[.source] ?? []) }
    if empty.target && !settings.joint { throw .noWords(paths: paths[.target] ?? []) }
  }
}
