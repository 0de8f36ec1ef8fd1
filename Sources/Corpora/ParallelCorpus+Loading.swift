import Files
internal import Machine
public import Tokens

extension ParallelCorpus {
  /// Turns a line of text into ids without `</s>`; called from several threads concurrently.
  public typealias Encoder = @Sendable (_ line: [UInt8]) -> [TokenID]
  /// Turns a line of text into ids without `</s>`, and says which are a word's; called from several threads concurrently.
  public typealias WordEncoder = @Sendable (_ line: [UInt8]) -> EncodedWords
  /// The same of a source line, behind the tag of its files.
  public typealias SourceWordEncoder = @Sendable (_ line: [UInt8], _ tag: TokenID?) -> EncodedWords

  /// Loads the pairs of line-aligned files, in order, each with weight 1 and without a tag.
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
    guard alignmentFiles.isEmpty || alignmentFiles.count == sourceFiles.count else {
      throw .alignmentFileCounts(alignments: alignmentFiles.count, sources: sourceFiles.count)
    }
    try self.init(
      files: sourceFiles.indices.map {
        CorpusFiles(
          source: sourceFiles[$0], target: targetFiles[$0],
          alignment: alignmentFiles.isEmpty ? nil : alignmentFiles[$0])
      },
      options: options, encodeSource: { line, _ in encodeSource(line) }, encodeTarget: encodeTarget,
      progress: progress)
  }

  /// Loads the pairs of line-aligned files, in order.
  ///
  /// - Parameters:
  ///   - files: with their weights and tags, and alignments of words: all of them or none.
  ///   - options: what to keep.
  ///   - encodeSource: makes ids of a source line, which is valid UTF-8, and the tag of its files.
  ///   - encodeTarget: makes ids of a target line.
  ///   - beginsWithTag: whether a source line begins with a tag of its own, which is text where its files have one;
  ///     such lines are counted, see ``CorpusRule/ownTag``.
  ///   - progress: called now and then, on the calling thread, with the pairs read so far.
  /// - Throws: ``CorpusError`` if files are missing, damaged or not aligned, for the first line of alignments that is
  ///   wrong, if no pair is left, or if there are so few pairs of so small weights that an epoch may be empty.
  public init(
    files: [CorpusFiles], options: CorpusOptions = CorpusOptions(),
    encodeSource: @escaping SourceWordEncoder, encodeTarget: @escaping WordEncoder,
    beginsWithTag: @escaping @Sendable (_ line: [UInt8]) -> Bool = { _ in false },
    progress: (_ pairs: Int) -> Void = { _ in }
  ) throws(CorpusError) {
    let isAligned = files.contains { $0.alignment != nil }
    precondition(
      !isAligned || files.allSatisfy { $0.alignment != nil }, "some files have alignments, others have not")
    let paths = files.flatMap { [$0.source, $0.target, $0.alignment ?? ""] }
    guard paths.count(where: { $0 == "-" }) < 2 else { throw .standardInputTwice }
    self.init(options.specialTokens)
    if options.keepsLines { lines = Lines() }
    if isAligned { alignments = Alignments() }
    var options = options
    // Links have 16 bits for a word.
    if isAligned { options.maxLength = min(options.maxLength, 1 << 16) }
    for item in files {
      let encoder = PairEncoder(
        options: options, tag: item.tag, encodeSource: encodeSource, encodeTarget: encodeTarget,
        beginsWithTag: beginsWithTag)
      try append(item, by: encoder, progress: progress)
    }
    guard count > 0 else { throw .nothingLeft(sources: files.map(\.source), report: report) }
    guard parts.contains(where: { Double($0.pairs.count) * $0.files.weight >= 1 }) else {
      throw .weightsTooSmall(parts: parts)
    }
  }

  private mutating func append(
    _ files: CorpusFiles, by encoder: PairEncoder, progress: (_ pairs: Int) -> Void
  ) throws(CorpusError) {
    let threads = encoder.options.threads ?? availableProcessors()
    let (first, readBefore) = (count, report.pairsRead)
    var reader = try AlignedReader(
      source: files.source, target: files.target, alignment: files.alignment)
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
    parts.append(
      CorpusPart(files: files, pairs: first..<count, pairsRead: report.pairsRead - readBefore))
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
