import Files
package import Tokens

/// Applies the rules to a chunk of lines and encodes the pairs that pass.
package struct PairEncoder: Sendable {
  /// What became of a chunk.
  package struct Encoded: Sendable {
    /// The ids of the pairs that passed, in order.
    package var pairs: [(source: [TokenID], target: [TokenID])] = []
    /// The alignment of each pair, if there is an alignment file.
    var alignments: [PairAlignment] = []
    /// The error in the first invalid line of that file; the lines after it were not examined.
    var error: CorpusError?
    /// The text of each pair, if the options ask for it.
    var lines: [(source: [UInt8], target: [UInt8])] = []
    /// What was read, dropped and repaired; the kept pairs are counted by whoever keeps them.
    package var report = CorpusReport()
  }

  let options: CorpusOptions
  /// The tag of all source lines.
  let tag: TokenID?
  let encodeSource: ParallelCorpus.SourceWordEncoder
  let encodeTarget: ParallelCorpus.WordEncoder
  let beginsWithTag: @Sendable (_ line: [UInt8]) -> Bool

  /// An encoder of the lines of a pair of files.
  ///
  /// - Parameters:
  ///   - options: the limits.
  ///   - tag: the tag of all source lines; nil: lines may begin with tags themselves.
  ///   - encodeSource: encodes a source line, which is valid UTF-8, with the tag.
  ///   - encodeTarget: encodes a target line.
  ///   - beginsWithTag: whether a source line begins with a tag.
  package init(
    options: CorpusOptions, tag: TokenID?, encodeSource: @escaping ParallelCorpus.SourceWordEncoder,
    encodeTarget: @escaping ParallelCorpus.WordEncoder,
    beginsWithTag: @escaping @Sendable (_ line: [UInt8]) -> Bool
  ) {
    (self.options, self.tag, self.beginsWithTag) = (options, tag, beginsWithTag)
    (self.encodeSource, self.encodeTarget) = (encodeSource, encodeTarget)
  }

  /// Encodes the pairs of a chunk that pass.
  package func encode(_ chunk: AlignedReader.Chunk) -> Encoded {
    var encoded = Encoded()
    encoded.report.pairsRead = chunk.source.count
    encoded.pairs.reserveCapacity(chunk.source.count)
    for index in 0..<chunk.source.count where encoded.error == nil { encode(chunk, index, &encoded) }
    return encoded
  }

  private func encode(_ chunk: AlignedReader.Chunk, _ index: Int, _ encoded: inout Encoded) {
    func place(_ pack: AlignedReader.LinePack) -> String { "\(pack.name):\(chunk.firstLine + index)" }
    for pack in [chunk.source, chunk.target] where pack[index].count > maximumLineBytes {
      return encoded.report.note(.tooLong, "\(place(pack)) (\(pack[index].count) bytes)")
    }
    if !options.heldOutSources.isEmpty, options.heldOutSources.contains(Array(chunk.source[index])) {
      return encoded.report.note(.heldOut, place(chunk.source))
    }
    let source = repaired(chunk.source[index], &encoded.report, place(chunk.source))
    let target = repaired(chunk.target[index], &encoded.report, place(chunk.target))
    if isBlank(source[...]) { return encoded.report.note(.emptySide, place(chunk.source)) }
    if isBlank(target[...]) { return encoded.report.note(.emptySide, place(chunk.target)) }

    if tag != nil, beginsWithTag(source) { encoded.report.note(.ownTag, place(chunk.source)) }

    let (sourceWords, targetWords) = (encodeSource(source, tag), encodeTarget(target))
    let pair = (source: sourceWords.ids, target: targetWords.ids)
    for (ids, pack) in [(pair.source, chunk.source), (pair.target, chunk.target)] {
      if ids.isEmpty { return encoded.report.note(.emptySide, place(pack)) }
      if ids.count > min(options.maxLength, maximumLineBytes) {
        return encoded.report.note(.tooLong, "\(place(pack)) (\(ids.count) subwords)")
      }
    }
    if let limit = options.maxLengthRatio, lengthRatio(pair.source.count, pair.target.count) > limit {
      return encoded.report.note(
        .lengthRatio, "\(place(chunk.source)) (\(pair.source.count) to \(pair.target.count) subwords)")
    }
    if !options.hasRoom(source: pair.source, target: pair.target) {
      return encoded.report.note(
        .noRoom, "\(place(chunk.source)) (\(pair.source.count) to \(pair.target.count) subwords)")
    }
    if let alignments = chunk.alignment {
      do {
        let line = try AlignmentLine(
          alignments[index], sourceWords: sourceWords.wordLengths.count - (sourceWords.hasTag ? 1 : 0),
          targetWords: targetWords.wordLengths.count)
        // The file does not count the tag as a word.
        let links = sourceWords.hasTag ? line.links.map(\.behindTag) : line.links
        encoded.alignments.append(
          PairAlignment(
            links: links[...], sourceWords: sourceWords.wordLengths[...],
            targetWords: targetWords.wordLengths[...]))
      } catch {
        encoded.error = .alignment(path: alignments.name, line: chunk.firstLine + index, problem: error)
        return
      }
    }
    encoded.pairs.append(pair)
    if options.keepsLines { encoded.lines.append((source, target)) }
  }

  private func repaired(
    _ line: ArraySlice<UInt8>, _ report: inout CorpusReport, _ place: @autoclosure () -> String
  ) -> [UInt8] {
    var bytes = Array(line)
    if repairUTF8(&bytes) { report.note(.invalidUTF8, place()) }
    return bytes
  }

  private func lengthRatio(_ first: Int, _ second: Int) -> Double {
    Double(max(first, second)) / Double(min(first, second))
  }
}
