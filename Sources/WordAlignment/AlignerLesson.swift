internal import Machine
internal import Synchronization

/// The pairs of a text that an aligner learns from.
struct AlignerLesson: Sendable {
  /// Their indices.
  private(set) var pairs: [Int] = []
  /// The number of each one's size.
  private var sizeNumbers: [Int32] = []
  private(set) var sizes = SentenceSizes()

  /// The pairs that are not empty and not too long; some of them, evenly spread, if there are very many.
  init(_ text: SentencePairs, _ options: AlignerOptions) {
    let usable = (0..<text.count).filter {
      (1...options.maximumCells).contains(text.cells($0))
    }
    let cells = usable.reduce(0) { $0 + text.cells($1) }
    let step = max(1, (cells + options.learningCells - 1) / options.learningCells)
    for index in stride(from: 0, to: usable.count, by: step) {
      let pair = usable[index]
      pairs.append(pair)
      let size = sizes.insert(source: text.sourceRange(pair).count, target: text.targetRange(pair).count)
      sizeNumbers.append(Int32(size))
    }
  }

  /// A table of all words that occur together, with equal probabilities.
  func makeTable(_ text: SentencePairs) -> CooccurrenceTable {
    var table = CooccurrenceTable()
    for pair in pairs {
      for source in text.sources[text.sourceRange(pair)] {
        for target in text.targets[text.targetRange(pair)] { table.insert(source, target) }
      }
    }
    let (forward, reverse) = (1 / Float(max(1, text.targetWords)), 1 / Float(max(1, text.sourceWords)))
    table.replace(
      table.slots.indices, Array(repeating: (forward, reverse), count: table.slots.count))
    return table
  }

  /// Equal probabilities of words.
  func uniform(_ words: Int) -> [Float] { Array(repeating: 1 / Float(max(1, words)), count: words) }

  /// Counts the links that a model expects.
  func expect(_ text: SentencePairs, _ model: WordAligner, threads: Int) -> ExpectedCounts {
    let slots = model.table.slots.count
    // Each thread has its own counts, of 16 bytes a slot.
    let lanes = max(1, min(threads, countMemory / (16 * slots), pairs.count / 16))
    let next = Atomic(0)
    let chunk = 256
    let parts = concurrentMap(lanes, threads: lanes) { _ in
      var counts = ExpectedCounts(
        slots: slots, sourceWords: text.sourceWords, targetWords: text.targetWords, sizes)
      var posteriors = LinkPosteriors()
      while true {
        let start = next.wrappingAdd(chunk, ordering: .relaxed).oldValue
        guard start < pairs.count else { return counts }
        for index in start..<min(start + chunk, pairs.count) {
          posteriors.infer(text, pairs[index], model)
          posteriors.count(text, pairs[index], sizes.all[Int(sizeNumbers[index])], in: &counts)
        }
      }
    }
    var sum = parts[0]
    for part in parts[1...] { sum.add(part) }
    return sum
  }
}

/// The most memory for counts, in bytes.
private let countMemory = 4 << 30
