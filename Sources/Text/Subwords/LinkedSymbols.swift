/// The symbols of long words, each linked to its neighbors, so that a merge does not move the symbols after it.
///
/// A symbol's place is a number that it keeps; merging two symbols leaves the place of the right one empty.
struct LinkedSymbols: Sendable {
  /// The symbol at each place; ``empty`` after a merge.
  private var symbols: [Int32] = []
  /// The place of the next symbol of the word, or -1.
  private var nexts: [Int32] = []
  /// The place of the previous symbol of the word, or -1.
  private var previouses: [Int32] = []

  /// No symbol: symbols are numbered from 0, and -1 is a character that occurs in no merge.
  private static let empty: Int32 = -2

  /// Number of places.
  ///
  /// They are numbered by 32 bits, which is enough: text of as many characters would not fit in memory as words.
  var count: Int { symbols.count }

  /// Adds a symbol behind all others.
  ///
  /// - Parameters:
  ///   - symbol: its number.
  ///   - startsWord: whether it is the first of a word.
  mutating func append(_ symbol: Int32, startsWord: Bool) {
    let place = Int32(symbols.count)
    if !startsWord { nexts[nexts.count - 1] = place }
    symbols.append(symbol)
    nexts.append(-1)
    previouses.append(startsWord ? -1 : place - 1)
  }

  mutating func removeAll() {
    symbols.removeAll(keepingCapacity: true)
    nexts.removeAll(keepingCapacity: true)
    previouses.removeAll(keepingCapacity: true)
  }

  /// The symbol at a place that is not empty.
  func symbol(at place: Int32) -> Int32 { symbols[Int(place)] }

  /// Whether there is a symbol at a place.
  func isOccupied(_ place: Int32) -> Bool { symbols[Int(place)] != Self.empty }

  /// The place of the next symbol; nil at the end of the word.
  func next(_ place: Int32) -> Int32? { nexts[Int(place)] < 0 ? nil : nexts[Int(place)] }

  /// The place of the previous symbol; nil at the beginning of the word.
  func previous(_ place: Int32) -> Int32? { previouses[Int(place)] < 0 ? nil : previouses[Int(place)] }

  /// Whether the symbol at a place and the one after it are these two.
  func holds(_ left: Int32, _ right: Int32, at place: Int32) -> Bool {
    guard symbols[Int(place)] == left, let next = next(place) else { return false }
    return symbols[Int(next)] == right
  }

  /// Merges the symbol at a place with the one after it.
  ///
  /// - Precondition: there is one.
  mutating func merge(at place: Int32, to result: Int32) {
    let right = Int(nexts[Int(place)])
    symbols[Int(place)] = result
    symbols[right] = Self.empty
    nexts[Int(place)] = nexts[right]
    if nexts[right] >= 0 { previouses[Int(nexts[right])] = place }
  }
}
