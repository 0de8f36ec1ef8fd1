import Files
import Formatting

extension DataChecker {
  /// Evidence from which on a single pair is reported.
  static let unlikelyEvidence = 8.0

  /// Compares each pair with what the corpus teaches about words and their translations.
  func checkAlignment(
    _ sample: TranslationSample, _ faulty: LineSet, _ total: Int, _ store: inout FindingStore,
    _ limitations: inout [String], _ progress: (CheckProgress) throws -> Void
  ) throws {
    try progress(CheckProgress(.learning, 0, of: total))
    guard let judge = TranslationJudge(sample, threads: options.threads) else {
      limitations.append(
        "\(total) pairs are too few to learn which words translate each other: misaligned pairs were not looked for"
      )
      return
    }
    var stretches = StretchCollector(options: options)
    let pass = PairPass(files: text.training, threads: options.threads)
    try pass.run({ block in judge.evidence(of: block, except: faulty) }) { block, evidence in
      for (index, value) in evidence.enumerated() {
        stretches.add(block, index, Double(value), &store)
      }
      try progress(CheckProgress(.aligning, block.firstLine + block.count - 1, of: total))
    }
    stretches.finish(&store)
  }
}

extension TranslationJudge {
  /// The evidence against each pair of a block; 0 for lines that have other faults.
  func evidence(of block: PairBlock, except faulty: LineSet) -> [Float] {
    let profiler = LineProfiler()
    var pair = PairProfile()
    pair.block = block
    return (0..<block.count).map { index in
      guard !faulty.contains(block.firstLine + index) else { return 0 }
      pair.read(index, profiler)
      return Float(
        evidence(pair.source.stems, pair.target.stems, line: UInt32(truncatingIfNeeded: pair.line)))
    }
  }
}

/// Turns the evidence against pairs, in their order, into findings.
struct StretchCollector {
  private let options: CheckOptions
  private var finder = StretchFinder()
  /// Pairs since the beginning of what may become a stretch, with the text of those that may become examples.
  private var waiting: [(line: Int, evidence: Double, text: (source: [UInt8], target: [UInt8])?)] = []

  private static let mostWaiting = 100_000

  init(options: CheckOptions) { self.options = options }

  mutating func add(_ block: PairBlock, _ index: Int, _ evidence: Double, _ store: inout FindingStore) {
    let line = block.firstLine + index
    let stretch = finder.add(line: line, evidence: evidence)
    if evidence > 0 || !waiting.isEmpty {
      // The first pair of a stretch is its example; a single pair may be one.
      let isExample = waiting.count < options.examples || evidence >= DataChecker.unlikelyEvidence
      waiting.append(
        (line, evidence, isExample ? (Array(block.source[index]), Array(block.target[index])) : nil))
    }
    if stretch != nil || finder.isIdle { report(stretch, &store) }
    // A text that is misaligned from one end to the other must not fill the memory.
    if waiting.count >= Self.mostWaiting { report(finder.finish(), &store) }
  }

  mutating func finish(_ store: inout FindingStore) { report(finder.finish(), &store) }

  private mutating func report(_ stretch: ClosedRange<Int>?, _ store: inout FindingStore) {
    for item in waiting {
      let text = item.text
      if let stretch, stretch.contains(item.line) {
        guard options.kinds.contains(.misalignedStretch) else { continue }
        let isFirst = item.line == stretch.lowerBound
        store.add(
          Finding(.misalignedStretch, .both, line: item.line),
          note: "lines \(stretch.lowerBound) to \(stretch.upperBound)",
          text: isFirst ? text.map { text in { text } } : nil)
      } else if item.evidence >= DataChecker.unlikelyEvidence, options.kinds.contains(.unlikelyTranslation) {
        store.add(
          Finding(.unlikelyTranslation, .both, line: item.line),
          note: "evidence \(Readable.decimal(item.evidence, 1))", text: text.map { text in { text } })
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }
}
