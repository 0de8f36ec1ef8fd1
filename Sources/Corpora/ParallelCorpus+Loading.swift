import Files
public import Text
internal import Threads

extension ParallelCorpus {
  /// Turns a line of text into ids without `</s>`; called from several threads at once.
  public typealias Encoder = @Sendable (_ line: [UInt8]) -> [TokenID]
  /// Turns a line of text into ids without `</s>`, and says which are a word's; called from several threads at once.
  public typealias WordEncoder = @Sendable (_ line: [UInt8]) -> EncodedWords

  /// Loads the pairs of line-aligned files, in order.
  ///
  /// Line n of a source file and line n of the target file at the same place of its list are a pair. What is
  /// dropped and repaired is said by ``CorpusRule`` and counted in ``report``; the options set the limits.
  ///
  /// - Parameters:
  ///   - sourceFiles: paths, plain or gzip; `-` is standard input.
  ///   - targetFiles: as many paths.
  ///   - options: what to keep.
  ///   - encodeSource: makes ids of a source line, which is valid UTF-8.
  ///   - encodeTarget: makes ids of a target line.
  ///   - progress: called now and then, on the calling thread, with the pairs read so far.
  /// - Throws: ``CorpusError`` if files are missing, damaged or not aligned, or if no pair is left.
  public init(
    sourceFiles: [String], targetFiles: [String], options: CorpusOptions = CorpusOptions(),
    encodeSource: @escaping Encoder, encodeTarget: @escaping Encoder,
    progress: (_ pairs: Int) -> Void = { _ in }
  ) throws(CorpusError) {
    try self.init(
      sourceFiles: sourceFiles, targetFiles: targetFiles, alignmentFiles: [], options: options,
      encodeSource: { EncodedWords(ids: encodeSource($0)) },
      encodeTarget: { EncodedWords(ids: encodeTarget($0)) },
      progress: progress)
  }

  /// Loads the pairs of line-aligned files with the alignments of their words.
  ///
  /// Line n of an alignment file is that of line n of the source file at the same place of its list, in the format
  /// of fast_align and eflomal: `0-0 1-2 …`, words of the source and of the target counted from 0. Words are what
  /// the encoders say; an empty line aligns none.
  ///
  /// - Parameters:
  ///   - sourceFiles: paths, plain or gzip; `-` is standard input.
  ///   - targetFiles: as many paths.
  ///   - alignmentFiles: as many paths; none: pairs have no alignments.
  ///   - options: what to keep.
  ///   - encodeSource: makes ids of a source line, which is valid UTF-8.
  ///   - encodeTarget: makes ids of a target line.
  ///   - progress: called now and then, on the calling thread, with the pairs read so far.
  /// - Throws: ``CorpusError``, also for the first line of alignments that is wrong.
  public init(
    sourceFiles: [String], targetFiles: [String], alignmentFiles: [String],
    options: CorpusOptions = CorpusOptions(), encodeSource: @escaping WordEncoder,
    encodeTarget: @escaping WordEncoder, progress: (_ pairs: Int) -> Void = { _ in }
  ) throws(CorpusError) {
    guard sourceFiles.count == targetFiles.count else {
      throw .fileCounts(sources: sourceFiles.count, targets: targetFiles.count)
    }
    let isAligned = !alignmentFiles.isEmpty
    guard !isAligned || alignmentFiles.count == sourceFiles.count else {
      throw .alignmentFileCounts(alignments: alignmentFiles.count, sources: sourceFiles.count)
    }
    guard (sourceFiles + targetFiles + alignmentFiles).count(where: { $0 == "-" }) < 2 else {
      throw .standardInputTwice
    }
    self.init()
    if options.keepsLines { lines = Lines() }
    if isAligned { alignments = Alignments() }
    var options = options
    // Links have 16 bits for a word.
    if isAligned { options.maxLength = min(options.maxLength, 1 << 16) }
    let encoder = PairEncoder(options: options, encodeSource: encodeSource, encodeTarget: encodeTarget)
    let threads = options.threads ?? availableProcessors()
    for (index, (source, target)) in zip(sourceFiles, targetFiles).enumerated() {
      var reader = try AlignedReader(
        source: source, target: target, alignment: isAligned ? alignmentFiles[index] : nil)
      while true {
        // Enough chunks that no thread waits long for the last one.
        let chunks = try reader.nextChunks(threads * 4)
        guard !chunks.isEmpty else { break }
        for encoded in concurrentMap(chunks, threads: threads, encoder.encode) {
          if let error = encoded.error { throw error }
          append(encoded)
        }
        progress(report.pairsRead)
      }
    }
    guard count > 0 else { throw .nothingLeft(sources: sourceFiles, report: report) }
  }

  private mutating func append(_ chunk: PairEncoder.Encoded) {
    for (index, pair) in chunk.pairs.enumerated() {
      append(pair.source[...], pair.target[...], alignments == nil ? nil : chunk.alignments[index])
    }
    for line in chunk.lines {
      lines?.sources.append(line.source[...])
      lines?.targets.append(line.target[...])
    }
    report.append(chunk.report)
  }
}
