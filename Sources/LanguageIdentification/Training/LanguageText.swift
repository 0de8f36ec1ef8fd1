/// Text of one language to learn from.
package struct LanguageText: Sendable {
  /// Its code, as a BCP 47 code.
  package var language: String
  /// Lines to learn from, in UTF-8.
  package var training: [[UInt8]]
  /// Lines of another origin, if possible, by which confidence is calibrated.
  package var heldOut: [[UInt8]]

  /// Text of a language.
  package init(language: String, training: [[UInt8]] = [], heldOut: [[UInt8]] = []) {
    (self.language, self.training, self.heldOut) = (language, training, heldOut)
  }
}
