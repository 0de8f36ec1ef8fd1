public import Tokens

/// Sentence pairs in memory, as token ids.
///
/// Ids lie in flat blocks: a pair costs 4 bytes a subword and 8 for its places, so that ten million pairs of
/// 2 × 30 subwords take 2.5 GB. Copies share their memory.
public struct ParallelCorpus: Sendable {
  /// What was read, kept, dropped and repaired.
  public internal(set) var report = CorpusReport()

  /// The ids that do not stand for text in the vocabularies of both sides.
  public let specialTokens: SpecialTokens

  /// The files that the pairs come from, in order; none for a corpus that was made of ids.
  public internal(set) var parts: [CorpusPart] = []

  var sources = BlockedLists<TokenID>()
  var targets = BlockedLists<TokenID>()
  /// The text behind each pair, if it was kept.
  var lines: Lines?
  /// Which words of each pair belong together, if that was given.
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

  init(_ specialTokens: SpecialTokens) { self.specialTokens = specialTokens }

  /// A corpus of sentences that are ids already, without `</s>`.
  ///
  /// - Precondition: as many sources as targets, and as alignments, where there are any.
  public init(
    sources: [[TokenID]], targets: [[TokenID]], alignments: [PairAlignment]? = nil,
    specialTokens: SpecialTokens = .standard
  ) {
    precondition(
      sources.count == targets.count && alignments?.count ?? sources.count == sources.count,
      "\(sources.count) sources, \(targets.count) targets, \(alignments?.count ?? 0) alignments")
    self.init(specialTokens)
    if alignments != nil { self.alignments = Alignments() }
    for (index, (source, target)) in zip(sources, targets).enumerated() {
      append(source[...], target[...], alignments?[index])
    }
    report.pairsRead = count
  }

  /// Sentence pairs.
  public var count: Int { sources.count }

  /// The pair of an index.
  public subscript(index: Int) -> SentencePair {
    SentencePair(source: sources[index], target: targets[index], alignment: alignments?[index])
  }

  /// Subwords of the longest source and of the longest target sentence, `</s>` not counted.
  public var longestSides: (source: Int, target: Int) {
    (
      (0..<count).reduce(0) { max($0, sources.length($1)) },
      (0..<count).reduce(0) { max($0, targets.length($1)) }
    )
  }

  /// Bytes of memory for the pairs and, where they were kept, their alignments and text.
  public var byteCount: Int {
    let lists = sources.byteCount + targets.byteCount + (alignments?.byteCount ?? 0)
    return lists + (lines.map { $0.sources.byteCount + $0.targets.byteCount } ?? 0)
  }

  /// A number that any change of an id, or of the pairs' order, changes (FNV-1a).
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

  /// The text of a pair, repaired where it was not UTF-8; nil unless ``CorpusOptions/keepsLines`` was set.
  public func text(of index: Int) -> (source: [UInt8], target: [UInt8])? {
    lines.map { (Array($0.sources[index]), Array($0.targets[index])) }
  }

  /// The tag of the files that a pair comes from; nil: they have none.
  public func tag(of index: Int) -> TokenID? {
    parts.first { $0.pairs.contains(index) }?.files.tag
  }

  /// How often an epoch sees which pairs.
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
    report.pairsKept += 1
    report.sourceTokens += source.count
    report.targetTokens += target.count
    report.sourceUnknowns += source.count { $0 == specialTokens.unknown }
    report.targetUnknowns += target.count { $0 == specialTokens.unknown }
  }
}
