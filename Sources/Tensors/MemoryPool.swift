private import Synchronization

/// Memory that arenas gave back, kept for the next ones.
///
/// A search lives as long as a batch, and so does its memory. The system gives memory in pages that it clears when they
/// are first touched, which took a tenth of the time of a translation in large batches, and more where all tokens are
/// predicted at once.
///
/// There are never more blocks than were in use at the same time: where all that are left are too small, the largest of
/// them makes room for what is asked for.
public final class MemoryPool: Sendable {
  /// Floats that one arena uses, or nobody.
  struct Block: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>
    let count: Int

    init(count: Int) { (start, self.count) = (allocateAligned(count), count) }
  }

  private let idle = Mutex<[Block]>([])

  /// A pool without memory.
  public init() {}

  deinit { idle.withLock { for block in $0 { block.start.deallocate() } } }

  /// Floats that nobody uses.
  package var idleCount: Int { idle.withLock { $0.reduce(0) { $0 + $1.count } } }

  /// The smallest block of at least `count` floats, a new one if there is none.
  func take(_ count: Int) -> Block {
    let (found, tooSmall) = idle.withLock { blocks -> (Block?, Block?) in
      let sizes = blocks.indices.sorted { blocks[$0].count < blocks[$1].count }
      if let place = sizes.first(where: { blocks[$0].count >= count }) {
        return (blocks.remove(at: place), nil)
      }
      return (nil, sizes.last.map { blocks.remove(at: $0) })
    }
    tooSmall?.start.deallocate()
    return found ?? Block(count: count)
  }

  func giveBack(_ block: Block) { idle.withLock { $0.append(block) } }
}
