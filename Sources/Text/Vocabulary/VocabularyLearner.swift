public import Files

/// Learns a vocabulary from text: counts the words of both sides, then learns the segmentation from them.
///
///     var learner = VocabularyLearner(settings: settings, threads: 2)
///     try learner.count(path: "train.en", side: .source)
///     try learner.count(path: "train.de", side: .target)
///     let pipeline = try learner.learn()
public struct VocabularyLearner: Sendable {
  /// How the pipeline prepares text; ``choose(joint:merges:)`` may still change what is learned after words are
  /// counted.
  public private(set) var settings: TextPipelineSettings
  /// The words of the source side.
  public private(set) var source: WordCounter
  /// The words of the target side.
  public private(set) var target: WordCounter
  private var paths: [TextPipeline.Side: [String]] = [:]

  /// A learner that has seen no text yet.
  ///
  /// - Parameters:
  ///   - settings: how lines become words, and what to learn from these; the segmentation must be registered in
  ///     ``SegmentationTable``.
  ///   - limits: what is too long to learn from.
  ///   - threads: number of threads that prepare lines, at least 1; does not change the result.
  public init(settings: TextPipelineSettings, limits: LearningLimits = LearningLimits(), threads: Int) {
    self.settings = settings
    source = WordCounter(settings: settings, side: .source, limits: limits, threads: threads)
    target = WordCounter(settings: settings, side: .target, limits: limits, threads: threads)
  }

  /// The words of a side.
  public func counter(_ side: TextPipeline.Side) -> WordCounter { side == .source ? source : target }

  /// Counts the words of a file.
  ///
  /// - Parameters:
  ///   - path: a file, plain or gzip, or `-` for standard input.
  ///   - side: the side to which they belong.
  ///   - leftOut: lines to ignore, counted from 1.
  ///   - progress: called now and then with the number of lines of this file read so far.
  /// - Throws: `FileError` if the file cannot be read.
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

  /// Counts the words of pairs of lines that are read one after the other.
  ///
  /// - Parameters:
  ///   - path: the file that they come from, for messages.
  ///   - next: the next pair; nil after the last one.
  ///   - progress: called now and then with the number of pairs read so far.
  /// - Throws: what `next` throws.
  public mutating func count<Failure: Error>(
    pairsOf path: String, _ next: () throws(Failure) -> (source: String, target: String)?,
    progress: (Int) -> Void = { _ in }
  ) throws(Failure) {
    for side in TextPipeline.Side.allCases { paths[side, default: []].append(path) }
    var (sources, targets): ([[UInt8]], [[UInt8]]) = ([], [])
    var (bytes, first) = (0, 0)
    while true {
      let pair = try next()
      if let pair {
        sources.append(Array(pair.source.utf8))
        targets.append(Array(pair.target.utf8))
        bytes += pair.source.utf8.count + pair.target.utf8.count
      }
      if pair == nil || bytes >= source.bytesAtOnce {
        source.add(sources, of: path, after: first)
        target.add(targets, of: path, after: first)
        first += sources.count
        progress(first)
        (sources, targets, bytes) = ([], [], 0)
      }
      if pair == nil { return }
    }
  }

  /// Sets what to learn from the counted words.
  public mutating func choose(joint: Bool, merges: Int) {
    (settings.joint, settings.merges) = (joint, merges)
  }

  /// Sets the languages, once the scripts of the words are known; does not change how words are found.
  public mutating func name(sourceLanguage: String, targetLanguage: String) {
    (settings.sourceLanguage, settings.targetLanguage) = (sourceLanguage, targetLanguage)
  }

  /// Learns the segmentation and its vocabulary.
  ///
  /// - Parameter progress: called after each step, such as a merge, with the side (nil for both together) and the
  ///   number of completed steps.
  /// - Returns: the pipeline, not yet written to a folder.
  /// - Throws: ``VocabularyError/noWords(paths:)`` if there is nothing to learn from, and
  ///   ``VocabularyError/notLearnable(segmentation:)`` if the segmentation can only be read.
  public func learn(
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void = { _, _ in }
  ) throws(VocabularyError) -> TextPipeline {
    try requireWords()
    return try learn(settings.kind, progress: progress)
  }

  private func learn<Kind: Segmentation>(
    _ kind: Kind.Type, progress: (TextPipeline.Side?, Int) -> Void
  ) throws(VocabularyError) -> TextPipeline {
    var settings = settings
    settings.sentencesPerLine = source.sentencesPerLine
    let (source, target) = try kind.learn(
      from: (source.counts, target.counts), settings: settings, progress: progress)
    return TextPipeline(settings: settings, source: source, target: target)
  }

  /// Checks that there are words to learn from.
  ///
  /// - Throws: ``VocabularyError/noWords(paths:)``.
  public func requireWords() throws(VocabularyError) {
    let empty = (source: source.counts.types == 0, target: target.counts.types == 0)
    if empty.source && (empty.target || !settings.joint) { throw .noWords(paths: paths[.source] ?? []) }
    if empty.target && !settings.joint { throw .noWords(paths: paths[.target] ?? []) }
  }
}
