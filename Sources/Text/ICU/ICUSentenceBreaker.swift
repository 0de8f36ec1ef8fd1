import CICU

/// ICU's sentence breaker for one language.
///
/// - Safety: `@unchecked Sendable`, although ICU's iterator has state: the pool gives a breaker to one caller at a
///   time, and ICU allows an iterator to be used on one thread after another.
@safe final class ICUSentenceBreaker: @unchecked Sendable {
  private let handle: OpaquePointer
  private var text = UTF16Text()
  private var ends: [Int32] = []

  init(language: String) {
    var opened: OpaquePointer?
    unsafe ICU.check(icu_sentence_breaker_open(language, &opened))
    guard let handle = unsafe opened else { preconditionFailure("ICU opened no sentence breaker") }
    unsafe self.handle = unsafe handle
  }

  deinit { unsafe icu_sentence_breaker_close(handle) }

  /// The byte offsets at which ICU ends a sentence, in ascending order; the last is the end of the line.
  ///
  /// White space of every kind counts as a space: a tab or a line separator does not end a sentence by itself.
  func sentenceEnds(of line: borrowing Span<UInt8>) -> [Int] {
    var result: [Int] = []
    var start = 0
    while start < line.count {
      let end = text.replace(by: line, from: start, limit: ICU.maximalLength)
      for unit in Self.breakingSpaces { text.replace(unit, by: 0x20) }
      if ends.count < text.units.count { ends = [Int32](repeating: 0, count: 2 * text.units.count) }
      var count: Int32 = 0
      unsafe ICU.check(icu_sentence_ends(handle, text.units, Int32(text.units.count), &ends, &count))
      for index in 0..<Int(count) { result.append(text.offsets[Int(ends[index])]) }
      start = end
    }
    return result
  }

  private static let breakingSpaces: [UInt16] = [
    0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029,
  ]
}
