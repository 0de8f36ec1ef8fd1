/// Caches the segmentation of words, so that a repeated word takes only a lookup.
struct WordCache<Element: Sendable>: Sendable {
  private var words = ByteStringTable()
  private var elements: [Element] = []
  private var ends: [Int] = [0]

  /// Maximum number of words; since a text keeps bringing new ones, the cache is cleared when it is full.
  private static var capacity: Int { 1 << 17 }
  /// Maximum length of a cached word in bytes; longer words are unlikely to be repeated.
  private static var longest: Int { 64 }

  /// Appends the segmentation of a word.
  ///
  /// - Returns: false if the word is not cached.
  func append(_ word: Span<UInt8>, to segmented: inout [Element]) -> Bool {
    guard let index = words.find(word) else { return false }
    // One by one: most words have one or two elements, and making a slice would retain the array.
    for position in ends[index]..<ends[index + 1] { segmented.append(elements[position]) }
    return true
  }

  /// Adds a word that is not cached yet.
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
