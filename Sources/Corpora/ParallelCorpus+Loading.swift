import Files
public import Text
internal import Threads

extension ParallelCorpus {
  /// Turns a line of text into ids without `</s>`; called from several threads at once.
  public typealias Encoder = @Sendable (_ line: [UInt8]) -> [TokenID]

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
    guard sourceFiles.count == targetFiles.count else {
      throw .fileCounts(sources: sourceFiles.count, targets: targetFiles.count)
    }
    guard (sourceFiles + targetFiles).count(where: { $0 == "-" }) < 2 else { throw .standardInputTwice }
    self.init()
    if options.keepsLines { lines = Lines() }
    let encoder = PairEncoder(options: options, encodeSource: encodeSource, encodeTarget: encodeTarget)
    let threads = options.threads ?? availableProcessors()
    for (source, target) in zip(sourceFiles, targetFiles) {
      var reader = try AlignedReader(source: source, target: target)
      while true {
        // Enough chunks that no thread waits long for the last one.
        let chunks = try reader.nextChunks(threads * 4)
        guard !chunks.isEmpty else { break }
        for encoded in concurrentMap(chunks, threads: threads, encoder.encode) { append(encoded) }
        progress(report.pairsRead)
      }
    }
    guard count > 0 else { throw .nothingLeft(sources: sourceFiles, report: report) }
  }

  private mutating func append(_ chunk: PairEncoder.Encoded) {
    for pair in chunk.pairs { append(pair.source[...], pair.target[...]) }
    for line in chunk.lines {
      lines?.sources.append(line.source[...])
      lines?.targets.append(line.target[...])
    }
    report.append(chunk.report)
  }
}
