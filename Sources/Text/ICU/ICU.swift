import CICU

/// Safe wrappers of ICU's functions on UTF-16 text.
///
/// No text makes ICU fail. If a call fails anyway, ICU's data is missing or memory is exhausted, and there is no way to
/// recover: the program stops with ICU's name for the error.
enum ICU {
  /// The longest part of a line that is passed to ICU in one call, in UTF-16 code units.
  ///
  /// No sentence is nearly as long; the limit bounds the memory that a file without line ends takes.
  static let maximalLength = 1 << 20

  /// The greatest length that a part may reach through several calls.
  ///
  /// NFKC makes a text up to 18 times as long, lowercasing up to 3 times. ICU's 32-bit lengths can still represent the
  /// result of one more call.
  private static let maximalGrownLength = 64 * maximalLength

  /// NFC of a text, or NFKC if `compatibility` is true.
  static func normalized(_ text: [UInt16], compatibility: Bool) -> [UInt16] {
    transform(text) { result, length in
      unsafe icu_normalize(
        compatibility ? 1 : 0, text, Int32(text.count), &result, Int32(result.count), &length)
    }
  }

  /// A text in lowercase by the rules of a language (a BCP 47 code, or "" for the root rules).
  static func lowercased(_ text: [UInt16], language: String) -> [UInt16] {
    transform(text) { result, length in
      unsafe icu_lowercase(language, text, Int32(text.count), &result, Int32(result.count), &length)
    }
  }

  /// A text with its cases folded.
  static func caseFolded(_ text: [UInt16]) -> [UInt16] {
    transform(text) { result, length in
      unsafe icu_fold_case(text, Int32(text.count), &result, Int32(result.count), &length)
    }
  }

  /// Whether a scalar is an opening bracket or quotation mark.
  static func isOpening(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar == 0x28 || scalar == 0x5B || scalar == 0x7B }
    let category = icu_category(scalar)
    return category == ICU_CATEGORY_START_PUNCTUATION || category == ICU_CATEGORY_INITIAL_PUNCTUATION
  }

  /// Whether a scalar is a closing bracket or quotation mark.
  static func isClosing(_ scalar: UInt32) -> Bool {
    let category = icu_category(scalar)
    return category == ICU_CATEGORY_END_PUNCTUATION || category == ICU_CATEGORY_FINAL_PUNCTUATION
  }

  /// The general category of a scalar, numbered as in ICU's `UCharCategory`.
  static func category(_ scalar: UInt32) -> Int32 { icu_category(scalar) }

  /// Whether a scalar is a letter, a mark of one, or a digit.
  static func isLetterOrDigit(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return 0x30...0x39 ~= scalar || 0x41...0x5A ~= scalar & ~0x20 }
    let category = icu_category(scalar)
    return category >= ICU_CATEGORY_UPPERCASE_LETTER && category <= ICU_CATEGORY_OTHER_NUMBER
  }

  /// The ISO 15924 code of a scalar's script, such as "Latn"; "Zyyy" or "Zinh" if many scripts share the scalar.
  static func scriptName(_ scalar: UInt32) -> String { unsafe String(cString: icu_script_name(scalar)) }

  /// Stops the program if a call failed.
  static func check(_ error: Int32, _ function: StaticString = #function) {
    precondition(
      error == 0,
      unsafe "ICU failed in \(function): \(String(cString: icu_error_name(error))); is libicu complete?")
  }

  /// Calls a function that fills an array, and again with a larger array if the first was too small.
  private static func transform(
    _ text: [UInt16], _ call: (inout [UInt16], inout Int32) -> Int32
  ) -> [UInt16] {
    precondition(text.count <= maximalGrownLength, "ICU: \(text.count) code units in one piece")
    var result = [UInt16](repeating: 0, count: text.count + text.count / 8 + 16)
    var length: Int32 = 0
    check(call(&result, &length))
    if Int(length) > result.count {
      result = [UInt16](repeating: 0, count: Int(length))
      check(call(&result, &length))
    }
    result.removeLast(result.count - Int(length))
    return result
  }
}
