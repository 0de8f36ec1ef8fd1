/// What words were segmented into, so that a word met again costs one look-up.
struct WordCache<Element: Sendable>: Sendable {
  private var words = ByteStringTable()
  private var elements: [Element] = []
  private var ends: [Int] = [0]

  /// A text's vocabulary grows without end; beyond this many words the cache starts anew.
  private static var capacity: Int { 1 << 17 }
  /// Longer words do not come again.
  private static var longest: Int { 64 }

  /// Appends what the word was segmented into.
  ///
  /// - Returns: false where the word is not known.
  func append(_ word: Span<UInt8>, to segmented: inout [Element]) -> Bool {
    guard let index = words.find(word) else { return false }
    // One by one: most words are one or two elements, and a slice would be counted as a reference first.
    for position in ends[index]..<ends[index + 1] { segmented.append(elements[position]) }
    return true
  }

  /// Remembers a word that is not yet known.
  mutating func insert(_ word: Span<UInt8>, _ segmented: ArraySlice<Element>) {
    guard word.count <= Self.longest else { return }
    if words.count == Self.capacity { removeAll() }
    let index = words.insert(word)
    guard index == ends.count - 1 else { return }
    elements += segmented
    ends.append(elements.count)
  }

  private mutating func removeAll() {
    words.removeAll()
    elements.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    ends.append(0)
  }
}
