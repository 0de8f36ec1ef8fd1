/// The normalization form of text.
///
/// Source: Unicode Standard Annex 15, "Unicode Normalization Forms".
public enum NormalizationForm: String, Sendable, CaseIterable {
  /// Composed: `e` with a combining accent becomes `é`. The text looks the same as before.
  case nfc
  /// Composed, with compatibility variants of characters unified: `ﬁ` becomes `fi`, `Ａ` becomes `A`, `²` becomes `2`.
  case nfkc
  /// Unchanged.
  case none
}

/// Normalizes lines, and lowercases them if requested.
///
/// Normalizing is idempotent.
public struct Normalizer: Sendable {
  /// The form of the result.
  public let form: NormalizationForm
  /// Whether lines are lowercased.
  public let lowercase: Bool
  /// The language whose case rules are used, as a BCP 47 code; "" for no particular one.
  public let language: String

  /// False for Turkish, Azeri and Lithuanian, which have special rules even for ASCII letters.
  private let lowercasesASCIIAsUsual: Bool

  /// A normalizer.
  ///
  /// - Parameters:
  ///   - form: the normalization form of the result.
  ///   - lowercase: whether to lowercase lines.
  ///   - language: BCP 47 code, which affects lowercasing: in Turkish, `I` becomes `ı`. An unknown code is treated as
  ///     "".
  public init(form: NormalizationForm = .nfc, lowercase: Bool = false, language: String = "") {
    (self.form, self.lowercase, self.language) = (form, lowercase, language)
    let primary = primaryLanguage(of: language)
    lowercasesASCIIAsUsual = !["tr", "tur", "az", "aze", "lt", "lit"].contains(primary)
  }

  /// The normalized line.
  ///
  /// - Parameter line: UTF-8. If the line is changed, invalid bytes are replaced with U+FFFD.
  /// - Returns: UTF-8.
  /// - Complexity: O(`line.count`); most lines that are already normalized are recognized by a quick check.
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
    // A lowercase letter may compose with accents in another way than the capital.
    return form == .none || lowered == composed
      ? lowered : ICU.normalized(lowered, compatibility: form == .nfkc)
  }

  /// Whether the bytes alone show that the line is already normalized.
  private func isNormalizedAtAGlance(_ line: [UInt8]) -> Bool {
    switch form {
    case .none: true
    // Below U+0300, whose first byte is CC, nothing composes, but there are compatibility variants.
    case .nfc: line.allSatisfy { $0 < 0xCC }
    case .nfkc: line.allSatisfy { $0 < 0x80 }
    }
  }

  private func lowercasedASCII(_ line: [UInt8]) -> [UInt8] {
    line.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 + 0x20 : $0 }
  }
}

/// The first part of a language code, in lowercase: `pt` for `pt-BR`.
///
/// Codes of new vocabularies are canonical; see ``Language``. Those of older ones are read as when they were written, so
/// that their words stay the same.
func primaryLanguage(of code: String) -> String {
  code.prefix { $0 != "-" && $0 != "_" }.lowercased()
}
