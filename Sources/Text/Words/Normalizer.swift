/// Which of several spellings of the same text is kept.
///
/// Source: Unicode Standard Annex 15, "Unicode Normalization Forms".
public enum NormalizationForm: String, Sendable, CaseIterable {
  /// Composed: `e` with a following accent becomes `é`. Nothing that a reader could see is lost.
  case nfc
  /// Composed, and variants of characters united as well: `ﬁ` becomes `fi`, `Ａ` becomes `A`, `²` becomes `2`.
  case nfkc
  /// As it came.
  case none
}

/// Brings lines to one spelling, and to lower case where wanted.
///
/// The result does not change when it is normalized again.
public struct Normalizer: Sendable {
  /// The form that results.
  public let form: NormalizationForm
  /// Whether letters become lower-case.
  public let lowercase: Bool
  /// Whose rules of case are used, as a BCP 47 code; "" for those of no language in particular.
  public let language: String

  /// Turkish, Azeri and Lithuanian have rules of their own even for ASCII's letters.
  private let lowercasesASCIIAsUsual: Bool

  /// A normalizer.
  ///
  /// - Parameters:
  ///   - form: The normalization form of the result.
  ///   - lowercase: Whether to turn letters into lower-case ones.
  ///   - language: BCP 47 code, which matters for lower case: in Turkish, `I` becomes `ı`.
  ///     An unknown code counts as "".
  public init(form: NormalizationForm = .nfc, lowercase: Bool = false, language: String = "") {
    (self.form, self.lowercase, self.language) = (form, lowercase, language)
    let primary = primaryLanguage(of: language)
    lowercasesASCIIAsUsual = !["tr", "tur", "az", "aze", "lt", "lit"].contains(primary)
  }

  /// A line in the form that was asked for.
  ///
  /// - Parameter line: UTF-8. Where it is not valid and has to be changed, U+FFFD takes the invalid
  ///   bytes' place.
  /// - Returns: UTF-8.
  /// - Complexity: O(`line.count`); lines that have the form already are mostly recognized by a glance.
  public func normalize(_ line: [UInt8]) -> [UInt8] {
    if isNormalizedAtAGlance(line) {
      if !lowercase { return line }
      if lowercasesASCIIAsUsual && line.allSatisfy({ $0 < 0x80 }) { return lowercasedASCII(line) }
    }
    var result: [UInt8] = []
    result.reserveCapacity(line.count)
    var text = UTF16Text()
    var position = 0
    while position < line.count {
      position = text.replace(by: line.span, from: position, limit: ICU.maximalLength)
      appendUTF8(of: normalized(text.units), to: &result)
    }
    return result
  }

  private func normalized(_ text: [UInt16]) -> [UInt16] {
    let composed = form == .none ? text : ICU.normalized(text, compatibility: form == .nfkc)
    if !lowercase { return composed }
    let lowered = ICU.lowercased(composed, language: language)
    // A lower-case letter's accents can call for another composition than those of the capital.
    return form == .none || lowered == composed
      ? lowered : ICU.normalized(lowered, compatibility: form == .nfkc)
  }

  /// Whether the bytes alone show that the line has the form already.
  private func isNormalizedAtAGlance(_ line: [UInt8]) -> Bool {
    switch form {
    case .none: true
    // Below U+0300, whose first byte is CC, nothing composes; some compatibility variants lie there.
    case .nfc: line.allSatisfy { $0 < 0xCC }
    case .nfkc: line.allSatisfy { $0 < 0x80 }
    }
  }

  private func lowercasedASCII(_ line: [UInt8]) -> [UInt8] {
    line.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 + 0x20 : $0 }
  }
}

/// The first part of a language code, in lower case: `pt` of `pt-BR`.
func primaryLanguage(of code: String) -> String {
  code.prefix { $0 != "-" && $0 != "_" }.lowercased()
}
