/// Memory that is handed out piece by piece and taken back all at once.
///
/// A training step allocates hundreds of activations and needs none of them afterwards. Once it has seen
/// its largest batch, an arena asks the system for nothing more. Belongs to one thread.
public final class Arena {
  private struct Block {
    let start: UnsafeMutablePointer<Float>
    let count: Int
  }

  private var blocks: [Block] = []
  /// Floats used of the newest block.
  private var used = 0
  private let firstBlock: Int

  /// Floats that the arena holds, used or not.
  public var capacity: Int { blocks.reduce(0) { $0 + $1.count } }
  /// Floats handed out since ``reset()``, each piece rounded up to a cache line.
  public private(set) var allocated = 0

  /// An empty arena.
  ///
  /// - Parameter firstBlock: floats of the first piece of memory it asks for. What is never used of it costs
  ///   addresses, but no memory: the system gives a page when it is first touched.
  public init(firstBlock: Int = 1 << 16) { self.firstBlock = firstBlock }

  deinit { for block in blocks { block.start.deallocate() } }

  /// Floats of unknown value, aligned to a cache line, valid until ``reset()``.
  @unsafe public func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
    let size = (max(count, 1) + 15) & ~15
    allocated += size
    if let block = blocks.last, used + size <= block.count {
      defer { used += size }
      return block.start + used
    }
    let block = Block(
      start: allocateAligned(max(size, firstBlock, capacity)), count: max(size, firstBlock, capacity))
    blocks.append(block)
    used = size
    return block.start
  }

  /// Takes everything back; several blocks become one, so that the next round allocates nothing.
  public func reset() {
    if blocks.count > 1 {
      let total = capacity
      for block in blocks { block.start.deallocate() }
      blocks = [Block(start: allocateAligned(total), count: total)]
    }
    (used, allocated) = (0, 0)
  }

  /// Takes everything back and gives it to the system; the next round starts as the first one did.
  public func release() {
    for block in blocks { block.start.deallocate() }
    blocks = []
    (used, allocated) = (0, 0)
  }
}
