import Files
import Machine

/// A pass over a pair of files: blocks are worked on by several threads, and the results are taken in order.
struct PairPass {
  let files: PairFiles
  let threads: Int

  /// Number of pairs, and lines of each file.
  struct Counts {
    var pairs = 0
    var sourceLines = 0
    var targetLines = 0
  }

  /// Works on all blocks.
  ///
  /// - Parameters:
  ///   - work: called for each block, from any thread.
  ///   - take: called with each block and its result, in order, on the calling thread.
  /// - Returns: what was counted.
  /// - Throws: `FileError` if a file cannot be read, and what `take` throws.
  @discardableResult
  func run<Result: Sendable>(
    _ work: @escaping @Sendable (PairBlock) -> Result, take: (PairBlock, Result) throws -> Void
  ) throws -> Counts {
    var reader = try PairFileReader(files)
    var counts = Counts()
    while true {
      var blocks: [PairBlock] = []
      while blocks.count < 8 * threads, let block = try reader.next() { blocks.append(block) }
      guard !blocks.isEmpty else { break }
      let shared = blocks
      let results = concurrentMap(shared.count, threads: threads) { work(shared[$0]) }
      for (block, result) in zip(blocks, results) {
        counts.pairs += block.count
        try take(block, result)
      }
    }
    (counts.sourceLines, counts.targetLines) = (reader.sourceLines, reader.targetLines)
    return counts
  }
}
