/// Checks the pairs of a block by themselves.
struct PairWorker: Sendable {
  let checks: [any PairCheck]
  let enabled: KindSet
  /// Whether hashes of pairs are wanted.
  var hashes = false
  /// Whether words are wanted, to learn translations from.
  var samplesWords = false
  /// About how many pairs of the corpus are wanted.
  var sampledLines = 0

  /// What was found in a block.
  struct Result: Sendable {
    var findings: [Finding] = []
    var hashes: [PairHashes] = []
    var sample: [TranslationSample.Pair] = []
  }

  func check(_ block: PairBlock) -> Result {
    var result = Result()
    if hashes { result.hashes.reserveCapacity(block.count) }
    let profiler = LineProfiler()
    var pair = PairProfile()
    pair.block = block
    var findings = PairFindings(enabled: enabled)
    // The sample keeps every line of the form 2^k at least; more than that is not worth copying.
    var step = 1
    while samplesWords, block.firstLine / step > 2 * sampledLines { step *= 2 }
    for index in 0..<block.count {
      pair.read(index, profiler)
      findings.begin(line: pair.line)
      for check in checks { check.check(pair, &findings) }
      if hashes { result.hashes.append(PairHashes(pair)) }
      if samplesWords, pair.line % step == 0, !findings.isHopeless,
        max(pair.source.words.count, pair.target.words.count) <= TranslationSample.mostWords
      {
        result.sample.append(
          TranslationSample.Pair(
            line: UInt32(truncatingIfNeeded: pair.line), source: pair.source.stems, target: pair.target.stems)
        )
      }
    }
    result.findings = findings.all
    return result
  }
}
