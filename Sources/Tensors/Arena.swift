/// Memory that is handed out in pieces and taken back all at once.
///
/// An update allocates hundreds of activations and needs none of them afterwards. Once it has seen its largest batch,
/// an arena allocates no more memory. An arena belongs to one thread.
public final class Arena {
  // Exclusive access is not checked at run time: an arena belongs to one thread, no method of it calls code of others,
  // and the checks would take more than a hundredth of the time of decoding.
  @exclusivity(unchecked) private var blocks: [MemoryPool.Block] = []
  /// Floats used of the newest block.
  @exclusivity(unchecked) private var used = 0
  private let firstBlock: Int
  private let pool: MemoryPool?

  /// Floats that the arena holds, used or not.
  public var capacity: Int { blocks.reduce(0) { $0 + $1.count } }
  /// Floats handed out since ``reset()``, each piece rounded up to a cache line.
  @exclusivity(unchecked) public private(set) var allocated = 0

  /// An empty arena.
  ///
  /// - Parameters:
  ///   - firstBlock: the size of the first block, in floats. Parts that are never used take address space but no
  ///     memory, since the system allocates a page when it is first touched.
  ///   - pool: where memory comes from and returns to; nil for the system.
  public init(firstBlock: Int = 1 << 16, pool: MemoryPool? = nil) {
    (self.firstBlock, self.pool) = (firstBlock, pool)
  }

  deinit { giveBack() }

  /// Uninitialized floats, aligned to a cache line and valid until ``reset()``.
  @unsafe public func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let size = (max(count, 1) + 15) & ~15
    allocated += size
    if let block = blocks.last, used + size <= block.count {
      defer { used += size }
      return block.start + used
    }
    let block = take(max(size, firstBlock, capacity))
    blocks.append(block)
    used = size
    return block.start
  }

  /// Takes all memory back and merges several blocks into one, so that the next round allocates nothing.
  public func reset() {
    if blocks.count > 1 {
      let total = capacity
      giveBack()
      blocks = [take(total)]
    }
    (used, allocated) = (0, 0)
  }

  /// Takes all memory back and returns it to the pool or the system, which leaves the arena empty.
  public func release() {
    giveBack()
    (used, allocated) = (0, 0)
  }

  private func take(_ count: Int) -> MemoryPool.Block { pool?.take(count) ?? MemoryPool.Block(count: count) }

  private func giveBack() {
    for block in blocks {
      if let pool { pool.giveBack(block) } else { block.start.deallocate() }
    }
    blocks = []
  }
}
