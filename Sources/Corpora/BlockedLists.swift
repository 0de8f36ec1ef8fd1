/// Many short lists, stored consecutively in blocks.
///
/// The overhead is 4 bytes per list, where an array of arrays would cost 40 bytes and an allocation. Because of the
/// blocks, growing never copies existing elements or holds them twice.
struct BlockedLists<Element: BitwiseCopyable & Sendable>: Sendable {
  static var listsInBlock: Int { 4096 }

  private struct Block {
    var elements: [Element] = []
    /// Where each list ends in `elements`; 32 bits are enough, since no list is longer than ``maximumLineBytes``.
    var ends: [UInt32] = []
  }

  private var full: [Block] = []
  private var last = Block()
  /// The total number of elements.
  private(set) var elementCount = 0

  /// The memory of all lists and their ends in bytes.
  var byteCount: Int { elementCount * MemoryLayout<Element>.stride + count * MemoryLayout<UInt32>.stride }

  /// The number of lists.
  var count: Int { full.count * Self.listsInBlock + last.ends.count }

  /// The list at an index.
  subscript(index: Int) -> ArraySlice<Element> {
    let (number, place) = (index / Self.listsInBlock, index % Self.listsInBlock)
    let block = number < full.count ? full[number] : last
    return block.elements[(place == 0 ? 0 : Int(block.ends[place - 1]))..<Int(block.ends[place])]
  }

  /// The length of the list at an index.
  func length(_ index: Int) -> Int {
    let (number, place) = (index / Self.listsInBlock, index % Self.listsInBlock)
    func length(_ ends: [UInt32]) -> Int { Int(ends[place]) - (place == 0 ? 0 : Int(ends[place - 1])) }
    return number < full.count ? length(full[number].ends) : length(last.ends)
  }

  /// Appends a list.
  mutating func append(_ list: ArraySlice<Element>) {
    precondition(list.count <= maximumLineBytes, "BlockedLists: a list of \(list.count) elements")
    last.elements += list
    last.ends.append(UInt32(last.elements.count))
    elementCount += list.count
    if last.ends.count == Self.listsInBlock { closeBlock() }
  }

  /// Copies the last block to arrays of exactly its size, since growing arrays can allocate twice as much.
  private mutating func closeBlock() {
    var block = Block()
    block.elements.reserveCapacity(last.elements.count)
    block.elements += last.elements
    block.ends.reserveCapacity(last.ends.count)
    block.ends += last.ends
    full.append(block)
    last.elements.removeAll(keepingCapacity: true)
    last.ends.removeAll(keepingCapacity: true)
  }
}
