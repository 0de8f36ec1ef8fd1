/// Many short lists, one after the other in blocks.
///
/// An array of arrays would cost 40 bytes and an allocation for each list; here it is 4 bytes. Blocks instead of
/// one array, so that growing never copies or holds twice what is there already.
struct BlockedLists<Element: BitwiseCopyable & Sendable>: Sendable {
  static var listsInBlock: Int { 4096 }

  private struct Block {
    var elements: [Element] = []
    /// Where each list ends in `elements`: 32 bits suffice, as no list has more than ``maximumLineBytes``.
    var ends: [UInt32] = []
  }

  private var full: [Block] = []
  private var last = Block()
  /// Elements of all lists together.
  private(set) var elementCount = 0

  /// Bytes of all lists and of their ends.
  var byteCount: Int { elementCount * MemoryLayout<Element>.stride + count * MemoryLayout<UInt32>.stride }

  /// Lists.
  var count: Int { full.count * Self.listsInBlock + last.ends.count }

  /// The list of an index.
  subscript(index: Int) -> ArraySlice<Element> {
    let (number, place) = (index / Self.listsInBlock, index % Self.listsInBlock)
    let block = number < full.count ? full[number] : last
    return block.elements[(place == 0 ? 0 : Int(block.ends[place - 1]))..<Int(block.ends[place])]
  }

  /// Elements of the list of an index.
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

  /// Copies the last block to arrays of exactly its size: arrays that grew can be twice as large.
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
