internal import Machine
public import Tokens

extension ParallelCorpus {
  /// Turns a line of text into ids; random segmentation can depend on the pair's index, so that threads do not matter.
  public typealias IndexedEncoder = @Sendable (_ line: [UInt8], _ pair: Int) -> [TokenID]
  /// The same with the ids grouped into words.
  public typealias IndexedWordEncoder = @Sendable (_ line: [UInt8], _ pair: Int) -> EncodedWords

  /// The same pairs, encoded again from their text, for segmentation that changes every epoch, such as BPE-dropout.
  ///
  /// Each pair keeps its index. A pair whose new encoding is empty, longer than `maxLength`, or does not fit into the
  /// positions of ``CorpusOptions/upsampling`` keeps its ids.
  ///
  /// - Parameters:
  ///   - options: the limits and the number of threads.
  ///   - isWanted: whether to encode a pair again; other pairs keep their ids.
  ///   - encodeSource: encodes a source line.
  ///   - encodeTarget: encodes a target line.
  /// - Returns: a corpus with as many pairs.
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

  /// The same for a corpus that may have alignments, which link words and are mapped to their new subwords.
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
    var corpus = ParallelCorpus(specialTokens, endsSource: endsSource)
    corpus.lines = lines
    if alignments != nil { corpus.alignments = Alignments() }
    // One group at a time, so that few pairs exist as separate arrays.
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

  /// The same counts of pairs read and dropped, but new counts of tokens.
  private func reportAfterReencoding(_ new: CorpusReport) -> CorpusReport {
    var result = report
    (result.sourceTokens, result.targetTokens) = (new.sourceTokens, new.targetTokens)
    (result.sourceUnknowns, result.targetUnknowns) = (new.sourceUnknowns, new.targetUnknowns)
    return result
  }
}
