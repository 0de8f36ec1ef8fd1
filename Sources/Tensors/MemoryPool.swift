private import Synchronization

/// Memory that arenas returned, kept for reuse.
///
/// A search and its memory live as long as a batch. The system clears each page of new memory when it is first touched,
/// which took a tenth of the time of translating large batches, and more with non-autoregressive models.
///
/// There are never more blocks than were in use at the same time: if all idle blocks are too small, the largest is
/// freed to make room.
public final class MemoryPool: Sendable {
  /// A block of floats, idle or in use by one arena.
  ///
  /// - Safety: `@unchecked Sendable`: only the arena that took the block accesses its memory.
  struct Block: @unchecked Sendable {
    let start: UnsafeMutablePointer<Float>
    let count: Int

    init(count: Int) { (start, self.count) = (allocateAligned(count), count) }
  }

  private let idle = Mutex<[Block]>([])

  /// A pool without memory.
  public init() {}

  deinit { idle.withLock { for block in $0 { block.start.deallocate() } } }

  /// The number of idle floats.
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
