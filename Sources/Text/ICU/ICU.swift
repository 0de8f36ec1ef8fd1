import CICU

/// ICU's functions on UTF-16 text, made safe.
///
/// No text makes ICU fail. If a call fails nevertheless, ICU's data are missing or memory is exhausted, and nothing
/// sensible can follow: the program stops with ICU's name for the error.
enum ICU {
  /// The longest piece of a line that is handed to ICU in one call, in UTF-16 code units.
  ///
  /// No sentence comes near it; it bounds the memory that a file without line ends takes.
  static let maximalLength = 1 << 20

  /// What a piece may have become on its way through several calls.
  ///
  /// NFKC makes a text up to 18 times as long, lower case up to 3 times. ICU counts in 32 bits, which hold the
  /// result of one more call.
  private static let maximalGrownLength = 64 * maximalLength

  /// NFC of a text, or NFKC where `compatibility` is set.
  static func normalized(_ text: [UInt16], compatibility: Bool) -> [UInt16] {
    transform(text) { result, length in
      unsafe icu_normalize(
        compatibility ? 1 : 0, text, Int32(text.count), &result, Int32(result.count), &length)
    }
  }

  /// A text in lower case by the rules of a language (BCP 47, "" for the root rules).
  static func lowercased(_ text: [UInt16], language: String) -> [UInt16] {
    transform(text) { result, length in
      unsafe icu_lowercase(language, text, Int32(text.count), &result, Int32(result.count), &length)
    }
  }

  /// Whether a scalar is punctuation that opens something: a bracket or a quotation mark.
  static func isOpening(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar == 0x28 || scalar == 0x5B || scalar == 0x7B }
    let category = icu_category(scalar)
    return category == ICU_CATEGORY_START_PUNCTUATION || category == ICU_CATEGORY_INITIAL_PUNCTUATION
  }

  /// The script of a scalar by its ISO 15924 code, such as "Latn"; "Zyyy" and "Zinh" for what many share.
  static func scriptName(_ scalar: UInt32) -> String { unsafe String(cString: icu_script_name(scalar)) }

  /// Stops the program if a call failed.
  static func check(_ error: Int32, _ function: StaticString = #function) {
    precondition(
      error == 0,
      unsafe "ICU failed in \(function): \(String(cString: icu_error_name(error))); is libicu complete?")
  }

  /// Calls a function that fills an array, again with a larger one where the first was too small.
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
