public import Tokens

/// Sentence pairs in memory, as token ids.
///
/// Ids are stored in flat blocks: 4 bytes per subword and 8 per pair, so that ten million pairs of 2 × 30 subwords take
/// 2.5 GB. Copies share their memory.
public struct ParallelCorpus: Sendable {
  /// What was read, kept, dropped and repaired.
  public internal(set) var report = CorpusReport()

  /// The ids of the special tokens in the vocabularies of both sides.
  public let specialTokens: SpecialTokens

  /// Whether source sentences end in `</s>` when they are in a batch.
  public let endsSource: Bool

  /// The files that the pairs come from, in order; empty for a corpus made from ids.
  public internal(set) var parts: [CorpusPart] = []

  var sources = BlockedLists<TokenID>()
  var targets = BlockedLists<TokenID>()
  /// The text of each pair, if it was kept.
  var lines: Lines?
  /// The word alignments, if there are any.
  var alignments: Alignments?

  struct Lines: Sendable {
    var sources = BlockedLists<UInt8>()
    var targets = BlockedLists<UInt8>()
  }

  struct Alignments: Sendable {
    var links = BlockedLists<AlignmentLink>()
    var sourceWords = BlockedLists<UInt16>()
    var targetWords = BlockedLists<UInt16>()

    subscript(index: Int) -> PairAlignment {
      PairAlignment(links: links[index], sourceWords: sourceWords[index], targetWords: targetWords[index])
    }

    mutating func append(_ alignment: PairAlignment) {
      links.append(alignment.links)
      sourceWords.append(alignment.sourceWords)
      targetWords.append(alignment.targetWords)
    }

    var byteCount: Int { links.byteCount + sourceWords.byteCount + targetWords.byteCount }
  }

  init(_ specialTokens: SpecialTokens, endsSource: Bool) {
    (self.specialTokens, self.endsSource) = (specialTokens, endsSource)
  }

  /// A corpus made from ids without `</s>`.
  ///
  /// - Precondition: `sources`, `targets` and, if given, `alignments` have the same count.
  public init(
    sources: [[TokenID]], targets: [[TokenID]], alignments: [PairAlignment]? = nil,
    specialTokens: SpecialTokens = .standard, endsSource: Bool = true
  ) {
    precondition(
      sources.count == targets.count && alignments?.count ?? sources.count == sources.count,
      "\(sources.count) sources, \(targets.count) targets, \(alignments?.count ?? 0) alignments")
    self.init(specialTokens, endsSource: endsSource)
    if alignments != nil { self.alignments = Alignments() }
    for (index, (source, target)) in zip(sources, targets).enumerated() {
      append(source[...], target[...], alignments?[index])
    }
    report.pairsRead = count
  }

  /// The number of sentence pairs.
  public var count: Int { sources.count }

  /// The pair at an index.
  public subscript(index: Int) -> SentencePair {
    SentencePair(source: sources[index], target: targets[index], alignment: alignments?[index])
  }

  /// The lengths of the longest source and the longest target sentence in subwords, not counting `</s>`.
  public var longestSides: (source: Int, target: Int) {
    (
      (0..<count).reduce(0) { max($0, sources.length($1)) },
      (0..<count).reduce(0) { max($0, targets.length($1)) }
    )
  }

  /// The memory of the pairs and, if kept, of their alignments and text, in bytes.
  public var byteCount: Int {
    let lists = sources.byteCount + targets.byteCount + (alignments?.byteCount ?? 0)
    return lists + (lines.map { $0.sources.byteCount + $0.targets.byteCount } ?? 0)
  }

  /// A hash of all ids and the order of the pairs (FNV-1a).
  public var checksum: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ id: TokenID) { hash = (hash ^ UInt64(UInt32(bitPattern: id))) &* 0x100_0000_01b3 }
    for index in 0..<count {
      for side in [sources[index], targets[index]] {
        side.forEach(add)
        add(-1)
      }
    }
    return hash
  }

  /// The text of a pair, with invalid UTF-8 repaired; nil unless ``CorpusOptions/keepsLines`` was set.
  public func text(of index: Int) -> (source: [UInt8], target: [UInt8])? {
    lines.map { (Array($0.sources[index]), Array($0.targets[index])) }
  }

  /// The tag of the files that a pair comes from; nil if they have none.
  public func tag(of index: Int) -> TokenID? {
    parts.first { $0.pairs.contains(index) }?.files.tag
  }

  /// The pairs by weight.
  var weightedParts: [WeightedPairs.Part] {
    guard !parts.isEmpty else { return [WeightedPairs.Part(pairs: 0..<count, weight: 1)] }
    return parts.map { WeightedPairs.Part(pairs: $0.pairs, weight: $0.files.weight) }
  }

  mutating func append(
    _ source: ArraySlice<TokenID>, _ target: ArraySlice<TokenID>, _ alignment: PairAlignment? = nil
  ) {
    sources.append(source)
    targets.append(target)
    if let alignment { alignments?.append(alignment) }
    report.count(source: source, target: target, unknown: specialTokens.unknown)
  }
}
