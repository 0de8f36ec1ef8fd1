import CICU

/// A compiled regular expression of ICU.
///
/// - Safety: `@unchecked Sendable`, although a match has state: the pool gives a pattern to one caller at a time, and
///   ICU allows an expression to be used on one thread after another.
@safe final class ICUPattern: @unchecked Sendable {
  private let handle: OpaquePointer
  private var text = UTF16Text()
  private var starts: [Int32] = []
  private var ends: [Int32] = []

  /// Why a pattern cannot be compiled: ICU's name for the problem, and its character, counted from 1, if known.
  struct Problem: Error, Equatable, CustomStringConvertible {
    let reason: String
    let character: Int?

    var description: String { reason + (character.map { " at character \($0)" } ?? "") }
  }

  /// Compiles a pattern.
  ///
  /// - Parameters:
  ///   - pattern: a regular expression in ICU's syntax.
  ///   - ignoresCase: whether upper and lower case are equal.
  /// - Throws: ``Problem`` if it is malformed.
  init(_ pattern: String, ignoresCase: Bool) throws(Problem) {
    let units = Array(pattern.utf16)
    var opened: OpaquePointer?
    var offset: Int32 = -1
    let error = unsafe icu_pattern_open(units, Int32(units.count), ignoresCase ? 1 : 0, &opened, &offset)
    guard error == 0, let handle = unsafe opened else {
      throw Problem(
        reason: unsafe String(cString: icu_error_name(error)), character: offset < 1 ? nil : Int(offset))
    }
    unsafe self.handle = unsafe handle
  }

  deinit { unsafe icu_pattern_close(handle) }

  /// Whether the pattern matches a whole text.
  func matchesWhole(_ bytes: borrowing Span<UInt8>) -> Bool { matches(bytes, ICU_PATTERN_WHOLE) }

  /// Whether the pattern matches the beginning of a text.
  func matchesBeginning(_ bytes: borrowing Span<UInt8>) -> Bool { matches(bytes, ICU_PATTERN_BEGINNING) }

  /// The matches in a text from left to right as ranges of its bytes; none is empty, and none overlap.
  ///
  /// A text that is longer than what is passed to ICU in one call has no matches across the places where it is cut.
  func ranges(in bytes: borrowing Span<UInt8>) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var position = 0
    while position < bytes.count {
      position = text.replace(by: bytes, from: position, limit: ICU.maximalLength)
      if starts.count < text.units.count {
        (starts, ends) = (
          Array(repeating: 0, count: 2 * text.units.count), Array(repeating: 0, count: 2 * text.units.count)
        )
      }
      let found = unsafe icu_pattern_find(handle, text.units, Int32(text.units.count), &starts, &ends)
      for index in 0..<Int(found) {
        ranges.append(text.offsets[Int(starts[index])]..<text.offsets[Int(ends[index])])
      }
    }
    return ranges
  }

  private func matches(_ bytes: borrowing Span<UInt8>, _ part: Int32) -> Bool {
    let end = text.replace(by: bytes, from: 0, limit: ICU.maximalLength)
    guard end == bytes.count else { return false }
    return unsafe icu_pattern_matches(handle, text.units, Int32(text.units.count), part) != 0
  }
}
