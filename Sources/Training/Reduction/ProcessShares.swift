/// How the elements of a buffer are distributed over processes: each owns those from its start to the next one's.
public struct ProcessShares: Sendable, Equatable {
  /// The first element of each process, in ascending order; the first is 0.
  private let starts: [Int]
  /// The number of elements.
  public let count: Int

  /// Equal shares of slices, which are not cut.
  ///
  /// - Parameters:
  ///   - slices: in ascending order.
  ///   - count: the number of elements; those between slices belong to the process of the slice before.
  ///   - processes: the number of processes.
  public init(of slices: [Range<Int>], count: Int, processes: Int) {
    self.count = count
    starts = (0..<processes).map { rank in
      let index = rank * slices.count / processes
      return rank == 0 ? 0 : index < slices.count ? slices[index].lowerBound : count
    }
  }

  /// The elements of a process.
  public func range(of rank: Int) -> Range<Int> {
    starts[rank]..<(rank + 1 < starts.count ? starts[rank + 1] : count)
  }

  /// The process that owns an element.
  public func owner(of element: Int) -> Int { (starts.firstIndex { $0 > element } ?? starts.count) - 1 }

  /// The slices that a process owns.
  ///
  /// - Parameters:
  ///   - rank: the process.
  ///   - slices: those that the shares were made of, or parts of them.
  /// - Returns: in ascending order.
  public func slices(of rank: Int, among slices: [Range<Int>]) -> [Range<Int>] {
    let own = range(of: rank)
    return slices.filter { own.contains($0.lowerBound) }
  }
}
