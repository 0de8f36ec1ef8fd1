/// The references of each segment.
public struct SegmentReferences: Sendable, Equatable {
  /// The references of each segment, one or more, UTF-8.
  public let segments: [[[UInt8]]]
  /// How many references each segment has; nil if segments differ.
  public let referenceCount: Int?

  /// References from sets, such as files, each with one line per segment.
  ///
  /// - Parameters:
  ///   - sets: one or more sets of lines.
  ///   - skippingEmpty: whether lines without text are no references. A segment whose references are all empty keeps
  ///     one of them: its right translation is empty.
  /// - Precondition: there is a set, and all have the same number of lines.
  public init(sets: [[[UInt8]]], skippingEmpty: Bool = false) {
    precondition(
      sets.first.map { first in sets.allSatisfy { $0.count == first.count } } ?? false,
      "SegmentReferences: sets of \(sets.map(\.count)) lines")
    segments = sets[0].indices.map { index in
      let lines = sets.map { $0[index] }
      guard skippingEmpty else { return lines }
      let kept = lines.filter { !trimmingEnd($0).isEmpty }
      return kept.isEmpty ? [lines[0]] : kept
    }
    let counts = Set(segments.map(\.count))
    referenceCount = counts.count <= 1 ? counts.first ?? sets.count : nil
  }

  private init(_ segments: [[[UInt8]]], referenceCount: Int?) {
    (self.segments, self.referenceCount) = (segments, referenceCount)
  }

  /// The references of some segments, with the count of all.
  subscript(range: Range<Int>) -> SegmentReferences {
    SegmentReferences(Array(segments[range]), referenceCount: referenceCount)
  }
}
