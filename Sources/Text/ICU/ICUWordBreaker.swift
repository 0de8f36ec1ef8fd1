import CICU

/// ICU's word breaker for one language.
///
/// - Safety: `@unchecked Sendable`, although ICU's iterator has state: the pool gives a breaker to one caller at a
///   time, and ICU allows an iterator to be used on one thread after another.
@safe final class ICUWordBreaker: @unchecked Sendable {
  private let handle: OpaquePointer
  private var text = UTF16Text()
  private var ends: [Int32] = []
  private var isWord: [UInt8] = []

  /// What a new breaker has to meet, so that words do not depend on the lines before.
  ///
  /// In runs of at least two characters of certain scripts, ICU asks its dictionaries in turn who is responsible for a
  /// character, and remembers the answer. For characters that scripts share, such as U+30FC, the answer depends on what
  /// it met before: none if no Japanese text came first, so that the same line is cut differently later.
  ///
  /// After Chinese, which loads the dictionary that is responsible for shared characters, the scripts for which there
  /// is none, and a shared character that no dictionary takes, nothing is left to decide. The other dictionaries share
  /// no characters, and are loaded only if they are needed: Burmese takes a hundredth of a second.
  private static let firstText: [[UInt8]] =
    ["中中", "한한", "ᥐᥐ", "ᦀᦀ", "ᨠᨠ", "ꪀꪀ", "\u{11700}\u{11700}", "゛゛"].map { Array($0.utf8) }

  init(language: String) {
    var opened: OpaquePointer?
    unsafe ICU.check(icu_word_breaker_open(language, &opened))
    guard let handle = unsafe opened else { preconditionFailure("ICU opened no word breaker") }
    unsafe self.handle = unsafe handle
    for line in Self.firstText { _ = forEachSegment(of: line.span, from: 0) { _, _ in } }
  }

  deinit { unsafe icu_word_breaker_close(handle) }

  /// Calls `body` with each segment of a line from `start` on: its bytes, and whether it contains letters, digits or
  /// ideographs.
  ///
  /// - Returns: where the segments end, which is before the end of the line only if the line is huge.
  func forEachSegment(
    of line: borrowing Span<UInt8>, from start: Int, _ body: (Range<Int>, Bool) -> Void
  ) -> Int {
    let end = text.replace(by: line, from: start, limit: ICU.maximalLength)
    // Some versions of ICU treat `@` as a letter, and all of them the narrow no-break space (which occurs in Mongolian
    // words, but also before `!` in French). Both are replaced with characters that ICU treats the way we want.
    text.replace(0x40, by: 0x2B)
    text.replace(0x202F, by: 0xA0)
    reserve(text.units.count)
    var count: Int32 = 0
    unsafe ICU.check(
      icu_word_segments(handle, text.units, Int32(text.units.count), &ends, &isWord, &count))
    var position = start
    for index in 0..<Int(count) {
      let next = text.offsets[Int(ends[index])]
      body(position..<next, isWord[index] != 0)
      position = next
    }
    return end
  }

  private func reserve(_ count: Int) {
    if ends.count >= count { return }
    ends = [Int32](repeating: 0, count: 2 * count)
    isWord = [UInt8](repeating: 0, count: 2 * count)
  }
}
