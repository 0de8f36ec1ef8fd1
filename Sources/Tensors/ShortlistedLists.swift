/// Products of rows that each have a shortlist of their own.
///
/// What many lists have is kept once and multiplied with all rows, which uses a processor's registers best; what few have
/// is kept for each list, since all of it would not stay in the cache.
@safe public struct ShortlistedLists {
  /// Rows that at least one in ``sharedBy`` lists has, and some that each list has besides.
  private let shared: ShortlistedWeights
  private let own: [ShortlistedWeights]
  /// For each list, where its outputs are among the shared ones followed by its own.
  private let places: [[Int32]]
  /// The number of columns of the matrix.
  public let inputs: Int
  /// The length of the longest list.
  public let count: Int
  /// An output for one row costs four to six times as much as one for many rows.
  private static let sharedBy = 4

  /// Lists of rows of a matrix.
  ///
  /// - Parameters:
  ///   - lists: rows without repetitions.
  ///   - outputs: the number of rows of the matrix.
  ///   - gather: packs rows of the matrix.
  public init(_ lists: [[Int32]], outputs: Int, gather: ([Int32]) -> ShortlistedWeights) {
    var uses = [Int32](repeating: 0, count: outputs)
    for list in lists { for row in list { uses[Int(row)] += 1 } }
    let isShared = uses.map { Int($0) * Self.sharedBy > lists.count }
    let common = uses.indices.filter { isShared[$0] }.map { Int32($0) }
    var placeOfRow = [Int32](repeating: 0, count: outputs)
    for (place, row) in common.enumerated() { placeOfRow[Int(row)] = Int32(place) }
    shared = gather(common)
    var (own, places): ([ShortlistedWeights], [[Int32]]) = ([], [])
    for list in lists {
      var next = Int32(common.count)
      places.append(
        list.map { row in
          if isShared[Int(row)] { return placeOfRow[Int(row)] }
          defer { next += 1 }
          return next
        })
      own.append(gather(list.filter { !isShared[Int($0)] }))
    }
    (self.own, self.places, inputs) = (own, places, shared.inputs)
    count = lists.map(\.count).max() ?? 0
  }

  /// `y = x · weightᵀ + bias` for the rows and the elements of each list.
  ///
  /// - Parameters:
  ///   - x: rows of ``inputs`` floats.
  ///   - lists: for each row the index of its list.
  ///   - y: overwritten, rows of ``count`` floats; behind the end of a shorter list, -∞.
  package func multiply(_ x: UnsafePointer<Float>, lists: [Int], into y: UnsafeMutablePointer<Float>) {
    let widest = shared.count + (own.map(\.count).max() ?? 0)
    let capacity = lists.count * shared.count + lists.count * widest
    withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { buffer in
      guard let common = buffer.baseAddress else { return }
      shared.multiply(x, rows: lists.count, into: common)
      let apart = common + lists.count * shared.count
      var first = 0
      while first < lists.count {
        let list = lists[first]
        let end = first + lists[first...].prefix { $0 == list }.count
        let own = own[list]
        own.multiply(x + first * inputs, rows: end - first, into: apart)
        for row in first..<end {
          copy(
            places[list], common + row * shared.count, apart + (row - first) * own.count, to: y + row * count)
        }
        first = end
      }
    }
  }

  /// One row of outputs, in the order of its list.
  private func copy(
    _ places: [Int32], _ common: UnsafePointer<Float>, _ apart: UnsafePointer<Float>,
    to y: UnsafeMutablePointer<Float>
  ) {
    let sharedCount = shared.count
    for (index, place) in places.enumerated() {
      let place = Int(place)
      y[index] = place < sharedCount ? common[place] : apart[place &- sharedCount]
    }
    (y + places.count).update(repeating: -.infinity, count: count - places.count)
  }
}
