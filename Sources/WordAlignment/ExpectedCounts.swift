/// How often words are linked, as the present probabilities let expect it.
///
/// Counts are whole numbers of a small unit, so that their sums do not depend on the order: the result is the same for
/// any number of threads.
struct ExpectedCounts: Sendable {
  /// One count in units.
  static let unit = Float(1 << 30)

  /// What is summed in a direction.
  struct Direction: Sendable {
    /// Links of a predicted word to nothing, by its id.
    var null: [Int64]
    /// Links of words at each place of sentences of each size; see ``SentenceSizes``.
    var linked: [Int64]
    /// The sum of all links' distances from the diagonal.
    var distance: Int64 = 0
    /// The logarithm of the text's probability in units of 2⁻²⁰.
    var likelihood: Int64 = 0
  }

  /// Links of each slot of the table: forward, reverse.
  var links: [Int64]
  var forward: Direction
  var reverse: Direction

  init(slots: Int, sourceWords: Int, targetWords: Int, _ sizes: SentenceSizes) {
    links = [Int64](repeating: 0, count: 2 * slots)
    forward = Direction(
      null: Array(repeating: 0, count: targetWords), linked: Array(repeating: 0, count: sizes.targetPlaces))
    reverse = Direction(
      null: Array(repeating: 0, count: sourceWords), linked: Array(repeating: 0, count: sizes.sourcePlaces))
  }

  /// Adds the counts of other sentences.
  mutating func add(_ other: ExpectedCounts) {
    links.add(other.links)
    forward.add(other.forward)
    reverse.add(other.reverse)
  }
}

extension ExpectedCounts.Direction {
  fileprivate mutating func add(_ other: Self) {
    null.add(other.null)
    linked.add(other.linked)
    distance += other.distance
    likelihood += other.likelihood
  }
}

extension [Int64] {
  fileprivate mutating func add(_ other: [Int64]) {
    for index in indices { self[index] &+= other[index] }
  }
}

/// The sizes of sentence pairs, and a place for each word of a pair of each size.
struct SentenceSizes: Sendable {
  /// Pairs with a number of source words and a number of target words.
  struct Size: Sendable {
    let source: Int
    let target: Int
    /// The place of the first source word.
    let sourcePlace: Int
    /// The place of the first target word.
    let targetPlace: Int
  }

  private(set) var all: [Size] = []
  private(set) var sourcePlaces = 0
  private(set) var targetPlaces = 0
  private var numbers: [Int: Int] = [:]

  /// The number of a size in ``all``, which is added if it is new.
  mutating func insert(source: Int, target: Int) -> Int {
    let key = source << 32 | target
    if let number = numbers[key] { return number }
    all.append(Size(source: source, target: target, sourcePlace: sourcePlaces, targetPlace: targetPlaces))
    sourcePlaces += source
    targetPlaces += target
    numbers[key] = all.count - 1
    return all.count - 1
  }
}
