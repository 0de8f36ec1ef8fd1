internal import Corpora
package import Files
package import ModelFolders
package import ModelFormats
internal import Models
package import Text
package import Tokens

/// A model for which a lexical shortlist is made.
package struct ShortlistModel: Sendable {
  private let folder: ModelFolder
  private let pipeline: TextPipeline

  /// Reads the vocabulary of a model.
  ///
  /// - Throws: ``ShortlistError`` for a model that uses no shortlist, and errors of its files.
  package init(_ folder: ModelFolder) throws {
    let (configuration, pipeline) = try folder.readDescription()
    guard configuration.isAutoregressive else { throw ShortlistError.notAutoregressive(folder: folder.path) }
    (self.folder, self.pipeline) = (folder, pipeline)
  }

  /// Counts which tokens of a text are linked to which of its translation.
  ///
  /// - Parameters:
  ///   - source: files of the source side.
  ///   - target: as many of the target side.
  ///   - alignment: as many with links between words; none: subwords are aligned.
  ///   - threads: number of threads; does not change the result.
  ///   - progress: called now and then; an error that it throws ends the work.
  /// - Returns: the counts.
  /// - Throws: `CorpusError`, ``ShortlistError`` if nothing is linked, or what `progress` throws.
  package func counts(
    source: [String], target: [String], alignment: [String] = [], threads: Int,
    progress: (AlignmentPhase) throws -> Void
  ) throws -> LexicalCounts {
    let pipeline = pipeline
    let isAligned = !alignment.isEmpty
    let words = { @Sendable (sentence: EncodedSentence, side: TextPipeline.Side) in
      EncodedWords(
        ids: sentence.ids, wordLengths: isAligned ? pipeline.wordLengths(sentence, side: side) : [],
        hasTag: side == .source && sentence.ids.first.map(pipeline.vocabulary(side).isTag) ?? false)
    }
    var options = CorpusOptions()
    (options.specialTokens, options.endsSource) = (pipeline.specialTokens, pipeline.settings.endsSource)
    options.threads = threads
    var stop: (any Error)?
    let corpus = try ParallelCorpus(
      sourceFiles: source, targetFiles: target, alignmentFiles: alignment, options: options,
      encodeSource: { words(pipeline.encode($0, side: .source), .source) },
      encodeTarget: { words(pipeline.encode($0, side: .target), .target) },
      progress: { pairs in
        do { try progress(.reading(lines: pairs)) } catch { stop = error }
      })
    if let stop { throw stop }
    let counts =
      try isAligned
      ? LexicalCounts(alignedPairsOf: corpus)
      : LexicalCounts(aligning: corpus, threads: threads, progress: progress)
    guard counts.linkCount > 0 else { throw ShortlistError.noLinks(files: isAligned ? alignment : source) }
    return counts
  }

  /// The shortlist of counts.
  package func shortlist(_ counts: LexicalCounts, _ selection: LexicalCounts.Selection) -> LexicalShortlist {
    counts.shortlist(
      selection, sourceCount: pipeline.vocabularySize(.source), targetCount: pipeline.vocabularySize(.target),
      end: pipeline.specialTokens.end, copied: pipeline.copiedTokens)
  }

  /// Writes a shortlist into the model folder, binary.
  ///
  /// - Precondition: no other process writes to the folder.
  /// - Throws: `FileError` if it cannot be written.
  package func write(_ counts: LexicalCounts, _ selection: LexicalCounts.Selection) throws -> LexicalShortlist
  {
    let list = shortlist(counts, selection)
    try folder.replaceShortlist(list)
    return list
  }

  /// Writes a table of lines `target source probability`, from which Marian makes shortlists.
  ///
  /// - Throws: `FileError` if it cannot be written.
  package func writeText(
    _ counts: LexicalCounts, _ selection: LexicalCounts.Selection, to file: TextOutputFile
  ) throws(FileError) {
    try counts.forEachLine(
      selection, source: { Array(pipeline.vocabulary(.source)[TokenID($0)]) },
      target: { Array(pipeline.vocabulary(.target)[TokenID($0)]) }
    ) { line throws(FileError) in try file.write(line) }
  }
}

extension TextPipeline {
  /// The span tokens of the source with those of the target.
  package var copiedTokens: [(source: TokenID, target: TokenID)] {
    zip(vocabulary(.source).spanIDs, vocabulary(.target).spanIDs).map { (source: $0, target: $1) }
  }
}

/// Why a shortlist cannot be made.
package enum ShortlistError: Error, CustomStringConvertible {
  /// The model does not choose one token after another.
  case notAutoregressive(folder: String)
  /// No token is linked to another.
  case noLinks(files: [String])

  /// What was found, and what to do.
  package var description: String {
    switch self {
    case .notAutoregressive(let folder):
      "the model in '\(folder)' has no autoregressive decoder, and only those use shortlists; give another model"
    case .noLinks(let files):
      "'\(files.joined(separator: "', '"))' links no words, so there is nothing to list; give text whose lines are "
        + "translations of each other, and alignments with links"
    }
  }
}
