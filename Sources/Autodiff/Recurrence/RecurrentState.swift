/// What a recurrent layer keeps between decoding steps: a row of numbers for each hypothesis of the last step.
///
/// Each step names the row that each of its hypotheses descends from, so reordering hypotheses moves nothing.
public struct RecurrentState: Sendable {
  /// The number of columns.
  public let size: Int
  /// The number of steps.
  public private(set) var steps = 0
  /// The number of rows of the last step; 0 before the first.
  public private(set) var count = 0
  /// The rows of the last step; may be longer.
  private var rows: [Float] = []
  /// The rows of the step before, whose memory the next step takes.
  private var spare: [Float] = []

  /// A state before its first step.
  public init(size: Int) { self.size = size }

  /// Computes the rows of a step.
  ///
  /// - Parameters:
  ///   - parents: for each row the row of the last step that it descends from; not read in the first step.
  ///   - count: the number of rows.
  ///   - compute: called for each row, with the row that it descends from, nil in the first step, and its new memory.
  /// - Precondition: every parent exists.
  mutating func advance(
    from parents: [Int32], to count: Int,
    _ compute: (_ row: Int, _ past: UnsafePointer<Float>?, _ new: UnsafeMutablePointer<Float>) -> Void
  ) {
    let isFirst = steps == 0
    precondition(
      isFirst || parents.count == count && parents.allSatisfy { 0..<self.count ~= Int($0) },
      "RecurrentState: parents \(parents) of \(self.count) rows, expected \(count) of them")
    swap(&rows, &spare)
    if rows.count < count * size { rows = [Float](repeating: 0, count: count * size) }
    let size = size
    spare.withUnsafeBufferPointer { past in
      rows.withUnsafeMutableBufferPointer { new in
        guard let new = new.baseAddress else { return }
        for row in 0..<count {
          compute(
            row, isFirst ? nil : past.baseAddress.map { $0 + Int(parents[row]) * size }, new + row * size)
        }
      }
    }
    self.count = count
    steps += 1
  }
}
