import Files
internal import Machine
public import Tokens

extension ParallelCorpus {
  /// Turns a line of text into ids without `</s>`; called from several threads concurrently.
  public typealias Encoder = @Sendable (_ line: [UInt8]) -> [TokenID]
  /// Turns a line of text into ids without `</s>`, grouped into words; called from several threads concurrently.
  public typealias WordEncoder = @Sendable (_ line: [UInt8]) -> EncodedWords
  /// The same for a source line, preceded by the tag of its files.
  public typealias SourceWordEncoder = @Sendable (_ line: [UInt8], _ tag: TokenID?) -> EncodedWords

  /// Loads the pairs of line-aligned files, in order, each with weight 1 and without a tag.
  ///
  /// Line n of a source file and line n of the corresponding target file are a pair. ``CorpusRule`` lists what is
  /// dropped or repaired, ``report`` counts it, and the options set the limits.
  ///
  /// - Parameters:
  ///   - sourceFiles: paths, plain or gzip; `-` is standard input.
  ///   - targetFiles: as many paths.
  ///   - options: what to keep.
  ///   - encodeSource: encodes a source line, which is valid UTF-8.
  ///   - encodeTarget: encodes a target line.
  ///   - progress: called repeatedly, on the calling thread, with the number of pairs read so far.
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

  /// Loads the pairs of line-aligned files with their word alignments.
  ///
  /// Line n of an alignment file belongs to line n of the corresponding source file, in the format of fast_align and
  /// eflomal: `0-0 1-2 …`, with source and target words counted from 0. The encoders define what a word is; an empty
  /// line means no alignment.
  ///
  /// - Parameters:
  ///   - sourceFiles: paths, plain or gzip; `-` is standard input.
  ///   - targetFiles: as many paths.
  ///   - alignmentFiles: as many paths; none: pairs have no alignments.
  ///   - options: what to keep.
  ///   - encodeSource: encodes a source line, which is valid UTF-8.
  ///   - encodeTarget: encodes a target line.
  ///   - progress: called repeatedly, on the calling thread, with the number of pairs read so far.
  /// - Throws: ``CorpusError``, also for the first invalid line of an alignment file.
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
  ///   - files: the files with their weights and tags, and either all or none with word alignments.
  ///   - options: what to keep.
  ///   - encodeSource: encodes a source line, which is valid UTF-8, with the tag of its files.
  ///   - encodeTarget: encodes a target line.
  ///   - beginsWithTag: whether a source line begins with a tag, which counts as text if its files have a tag; such
  ///     lines are counted, see ``CorpusRule/ownTag``.
  ///   - progress: called repeatedly, on the calling thread, with the number of pairs read so far.
  /// - Throws: ``CorpusError`` if files are missing, damaged or not aligned, for the first invalid line of an alignment
  ///   file, if no pair is left, or if there are so few pairs with such small weights that an epoch could be empty.
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
    self.init(options.specialTokens, endsSource: options.endsSource)
    if options.keepsLines { lines = Lines() }
    if isAligned { alignments = Alignments() }
    var options = options
    // Links use 16 bits per word.
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
      // Enough chunks that threads do not wait long for the last one.
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
