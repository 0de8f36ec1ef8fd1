internal import Machine
public import Tokens

extension ParallelCorpus {
  /// Turns a line of text into ids; the pair's index lets random segmentation depend on it, not on threads.
  public typealias IndexedEncoder = @Sendable (_ line: [UInt8], _ pair: Int) -> [TokenID]
  /// The same with the words that the ids are of.
  public typealias IndexedWordEncoder = @Sendable (_ line: [UInt8], _ pair: Int) -> EncodedWords

  /// The same pairs, encoded anew from their text: for segmentation that changes every epoch, as BPE-dropout.
  ///
  /// Each pair keeps its index. One whose new encoding is empty or longer than `maxLength` keeps its ids.
  ///
  /// - Parameters:
  ///   - options: with the greatest length, and threads.
  ///   - isWanted: whether a pair is to be encoded anew; others keep their ids.
  ///   - encodeSource: makes ids of a source line.
  ///   - encodeTarget: makes ids of a target line.
  /// - Returns: as many pairs.
  /// - Precondition: the corpus was loaded with ``CorpusOptions/keepsLines``.
  /// - Source: Provilkov et al. 2020, "BPE-Dropout: Simple and Effective Subword Regularization".
  public func reencoded(
    options: CorpusOptions = CorpusOptions(),
    where isWanted: @escaping @Sendable (_ pair: Int) -> Bool = { _ in true },
    source encodeSource: @escaping IndexedEncoder, target encodeTarget: @escaping IndexedEncoder
  ) -> ParallelCorpus {
    precondition(alignments == nil, "reencoded: aligned pairs need the words that their ids are of")
    return reencoded(
      options: options, where: isWanted, sourceWords: { EncodedWords(ids: encodeSource($0, $1)) },
      targetWords: { EncodedWords(ids: encodeTarget($0, $1)) })
  }

  /// The same for a corpus that may have alignments: they are of words, whose subwords are others now.
  ///
  /// - Precondition: the corpus was loaded with ``CorpusOptions/keepsLines``; with alignments, each line has as many
  ///   words as before.
  public func reencoded(
    options: CorpusOptions = CorpusOptions(),
    where isWanted: @escaping @Sendable (_ pair: Int) -> Bool = { _ in true },
    sourceWords encodeSource: @escaping IndexedWordEncoder,
    targetWords encodeTarget: @escaping IndexedWordEncoder
  ) -> ParallelCorpus {
    guard let lines else { preconditionFailure("reencoded: the corpus was loaded without keepsLines") }
    let threads = options.threads ?? availableProcessors()
    var corpus = ParallelCorpus(specialTokens)
    corpus.lines = lines
    if alignments != nil { corpus.alignments = Alignments() }
    // One group at a time, so that no more than a few blocks exist in loose form.
    for group in stride(from: 0, to: count, by: 2048 * threads * 4) {
      let starts = Array(stride(from: group, to: min(group + 2048 * threads * 4, count), by: 2048))
      let encoded = concurrentMap(starts, threads: threads) { start in
        (start..<min(start + 2048, count)).map { index in
          guard isWanted(index) else { return self[index] }
          let source = encodeSource(Array(lines.sources[index]), index)
          let target = encodeTarget(Array(lines.targets[index]), index)
          let longest = min(options.maxLength, alignments == nil ? maximumLineBytes : 1 << 16)
          guard
            [source.ids, target.ids].allSatisfy({ 1...longest ~= $0.count }),
            options.hasRoom(source: source.ids, target: target.ids)
          else { return self[index] }
          let alignment = alignments.map {
            PairAlignment(
              links: $0.links[index], sourceWords: source.wordLengths[...],
              targetWords: target.wordLengths[...])
          }
          return SentencePair(source: source.ids[...], target: target.ids[...], alignment: alignment)
        }
      }
      for pair in encoded.joined() { corpus.append(pair.source, pair.target, pair.alignment) }
    }
    (corpus.report, corpus.parts) = (reportAfterReencoding(corpus.report), parts)
    return corpus
  }

  /// What was read and dropped is as before; what is kept has new lengths.
  private func reportAfterReencoding(_ new: CorpusReport) -> CorpusReport {
    var result = report
    (result.sourceTokens, result.targetTokens) = (new.sourceTokens, new.targetTokens)
    (result.sourceUnknowns, result.targetUnknowns) = (new.sourceUnknowns, new.targetUnknowns)
    return result
  }
}
